/**
 * Owns: making the engine fast before the learner presses Check. A browser runs WebAssembly slowly at first and
 * optimises what is used often; its first runs take twice as long as later ones.
 */
import { createRandom } from "#explorer";
import type { Engine } from "#grade";
import { Slice } from "./slice.ts";
import { WARM_UP_PROGRAM } from "./warm-up-program.ts";

const RUNS = 80;
/** Short, because the learner may press a button at any time. */
const SLICE_MS = 12;

/** Runs a small program again and again, as long as nobody needs the engine. */
export async function warmUp(engine: Engine, isIdle: () => boolean): Promise<void> {
  const compiled = await engine.compile({ files: { "main.ts": WARM_UP_PROGRAM }, entry: "main.ts" });
  if (!compiled.ok) throw new Error(compiled.diagnostics.map(({ message }) => message).join("\n"));
  const loaded = engine.load(compiled.program);
  const random = createRandom(1);
  const slice = new Slice(SLICE_MS);
  for (let run = 0; run < RUNS && isIdle(); run++) {
    loaded.run({ entry: { kind: "main" }, chooser: random.chooser(run) });
    if (slice.isOver()) await slice.restart();
  }
  loaded.dispose();
}
