import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { load } from "../engine.ts";
import { findErrorsIn } from "../house/exercise-types.ts";
import { root } from "../house/source-files.ts";
import { findOutputs } from "./outputs.ts";
import { PAIRS, PAIRS_FOLDER, type Pair } from "./pairs.ts";
import { buildPairs } from "./rust-pairs.ts";

/** How often the Rust of a pair is run: where something is left open, until most ways have likely been seen. */
const RUNS_SAME = 4;
const RUNS_OPEN = 200;
/** Tokio itself is compiled where no earlier run has done so. */
const BUILD_MS = 420_000;

function readTypeScript({ name }: Pair): string {
  return readFileSync(join(PAIRS_FOLDER, name, "main.ts"), "utf8");
}

it("there are at least 40 pairs, and each folder is one", () => {
  expect(readdirSync(PAIRS_FOLDER).sort()).toEqual(PAIRS.map(({ name }) => name).sort());
  expect(PAIRS.length).toBeGreaterThanOrEqual(40);
});

it("the programs in TypeScript have no type errors that the editor would show", () => {
  expect(findErrorsIn(PAIRS.map(({ name }) => join(root, PAIRS_FOLDER, name, "main.ts")))).toEqual([]);
});

describe("in TypeScript and in Rust", () => {
  let runRust: Awaited<ReturnType<typeof buildPairs>>;

  beforeAll(async () => {
    runRust = await buildPairs(PAIRS.map(({ name }) => name));
  }, BUILD_MS);

  it.each(PAIRS)("$name: $title", async (pair) => {
    const running = runRust(pair.name, pair.outputs === 1 ? RUNS_SAME : RUNS_OPEN);
    const typescript = [...findOutputs(await load(readTypeScript(pair)))];
    const rust = [...new Set(await running)];
    if (pair.differs !== undefined) {
      expect({ typescript, rust }).toEqual({
        typescript: [pair.differs.typescript],
        rust: [pair.differs.rust],
      });
      return;
    }
    expect(typescript, typescript.join("\n\n")).toHaveLength(pair.outputs);
    for (const output of rust) expect(typescript).toContain(output);
  });
});
