import type { Limits } from "#abi";
import { fifo, load, seeded } from "../engine.ts";
import { cpuMs } from "./cpu-time.ts";

/** Microseconds of CPU that one run of `source` takes, over `runs` runs: the default schedule for few, seeded ones for many. */
export async function microseconds(
  source: string,
  runs: number,
  limits: Partial<Limits> = {},
): Promise<() => number> {
  const program = await load(source);
  return () => {
    const start = cpuMs();
    for (let seed = 0; seed < runs; seed++) {
      const chooser = runs > 20 ? seeded(seed) : fifo;
      const { outcome } = program.run({ entry: { kind: "main" }, chooser, limits });
      if (outcome.kind !== "passed") throw new Error(`${outcome.kind}: ${outcome.message}`);
    }
    return ((cpuMs() - start) * 1000) / runs;
  };
}
