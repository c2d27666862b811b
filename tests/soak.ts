// `npm run soak`: what `npm test` samples, in full. Prints a curve of memory and a tally of outcomes.
//   --runs N       runs of known programs in one process (100,000)
//   --programs N   random programs (20,000)
//   --seed N       of the random programs (1)
//   --twins N      schedules of each repaired program (10,000)
//   --seeds N      seeds from which each program of tests/search is found (50)
//   --solutions N  schedules of each check of each exercise's solution (5,000)
import fc from "fast-check";
import { parseArgs } from "node:util";
import { assertFlat, endure } from "./soak/endurance.ts";
import { soakSearch, soakSolutions, soakTwins } from "./soak/commands.ts";
import { checkBodies, type Tally } from "./soak/properties.ts";
import { anyBody } from "./soak/random-programs.ts";

const BODIES = 20;

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "100000" },
    programs: { type: "string", default: "20000" },
    seed: { type: "string", default: "1" },
    twins: { type: "string", default: "10000" },
    seeds: { type: "string", default: "50" },
    solutions: { type: "string", default: "5000" },
  },
});
const [runs, programs, seed] = [Number(values.runs), Number(values.programs), Number(values.seed)];

if (runs > 0) {
  console.log("runs        rss      buffers   instances made");
  const points = await endure(runs, Math.ceil(runs / 10), (point) =>
    console.log(
      `${String(point.runs).padEnd(9)} ${String(point.rssMb).padStart(4)} MB ${String(point.buffersMb).padStart(8)} MB ${String(point.instances).padStart(10)}`,
    ),
  );
  assertFlat(points);
}

if (programs > 0) {
  const tally: Tally = new Map();
  let tried = 0;
  const bodies = fc.array(anyBody, { minLength: BODIES, maxLength: BODIES });
  const property = fc.asyncProperty(bodies, async (batch) => {
    await checkBodies(batch, tally);
    tried += batch.length;
    if (tried % 2_000 === 0) console.log(`${tried} random programs`);
  });
  await fc.assert(property, { numRuns: Math.ceil(programs / BODIES), seed });
  console.log(Object.fromEntries([...tally].sort()));
}

if (Number(values.twins) > 0) soakTwins(Number(values.twins));
if (Number(values.seeds) > 0) soakSearch(Number(values.seeds), Number(values.twins));
if (Number(values.solutions) > 0) soakSolutions(Number(values.solutions));
