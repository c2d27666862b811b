import { RT_IMPORTS } from "./rt-table.ts";
import { checkRow, type Expected } from "./table.ts";

export const SYNC_IMPORTS = `${RT_IMPORTS} import { broadcast, CancellationToken, type MutexGuard, Mutex as Lock, Notify, oneshot, type OneshotReceiver, type OneshotSender, type Permit, RwLock, Semaphore, watch, type BroadcastReceiver, type WatchReceiver } from "rt/sync"; `;

/**
 * Runs a program about what tasks wait for. A program without \`main\` is the body of an async function that \`blockOn\`
 * drives; line 3 is its first.
 */
export async function checkSync(program: string, expected: Expected): Promise<void> {
  await checkRow(wholeProgram(program), expected);
}

export function wholeProgram(program: string): string {
  return program.includes("export function main")
    ? `\n${program}\n${SYNC_IMPORTS}`
    : `export function main() { blockOn(body()); } function* body(): Async<void> {\n${program}\n}\n${SYNC_IMPORTS}`;
}
