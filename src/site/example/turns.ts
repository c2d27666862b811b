import { EngineClient } from "#worker";
import type { ExerciseSession } from "../exercise/session.ts";

/** The simulated computer that all examples of a page share. */
export const engine = new EngineClient();

let current: ExerciseSession | undefined;
let ending: Promise<void> = Promise.resolve();

/** Runs an example; one that is still running is stopped first. */
export async function runInTurn(session: ExerciseSession, seed?: number): Promise<void> {
  current?.stop();
  const before = ending;
  ending = before.then(() => {
    current = session;
    return session.run(seed === undefined ? {} : { seed });
  });
  await ending;
}
