import { Session } from "node:inspector/promises";
import { load, seeded } from "../engine.ts";
import { PROGRAMS } from "./programs.ts";

const RUNS = 6_000;
const ROWS = 12;

/** Where the samples of a profile fall: by part of the engine, and by the functions that take most. */
export async function printProfile(): Promise<void> {
  const program = await load(PROGRAMS.sharedCounter);
  const runMany = (): void => {
    for (let seed = 0; seed < RUNS; seed++) program.run({ entry: { kind: "main" }, chooser: seeded(seed) });
  };
  runMany();
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 200 });
  await session.post("Profiler.start");
  runMany();
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();

  const parts = new Map<string, number>();
  const functions = new Map<string, number>();
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  for (const id of profile.samples ?? []) {
    const frame = nodes.get(id)?.callFrame;
    if (frame === undefined) continue;
    const part = partOf(frame.url, frame.functionName);
    add(parts, part);
    add(functions, `${part}  ${frame.functionName === "" ? "(anonymous)" : frame.functionName}`);
  }
  const total = profile.samples?.length ?? 1;
  console.log(`${RUNS} runs of two threads and a shared counter, ${total} samples\n\nby part`);
  printShares(parts, total);
  console.log("\nby function");
  printShares(functions, total);
}

/** The engine's parts by the file that a frame stands in. `set` and `fill` on bytes are where images are copied. */
function partOf(url: string, name: string): string {
  if (url.startsWith("wasm:") || name.startsWith("wasm-")) return "guest code";
  const inSource = /\/(src\/[a-z]+\/[a-z-]+(?:\/[a-z-]+)?|tests\/[a-z-]+)[^/]*\.ts$/.exec(url);
  if (inSource?.[1] !== undefined) return inSource[1];
  if (name === "set") return "copies of images";
  if (name === "(garbage collector)") return "garbage collector";
  return name.startsWith("(") ? "the rest" : `built-in ${name}`;
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function printShares(counts: ReadonlyMap<string, number>, total: number): void {
  const rows = [...counts].sort(([, a], [, b]) => b - a).slice(0, ROWS);
  for (const [name, count] of rows)
    console.log(`${((count / total) * 100).toFixed(1).padStart(6)} %  ${name}`);
}
