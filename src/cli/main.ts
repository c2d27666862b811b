/** The command line's entry: the only file here that knows the console, the process and its exit codes. */
import { resolve } from "node:path";
import { createNodeFiles } from "#build";
import type { Engine } from "#grade";
import type { World } from "./command.ts";
import { dispatch } from "./dispatch.ts";
import { createUserFiles } from "./user-files.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** Where the user stands: npm changes the working folder to the package's and says where it was called. */
function workingDir(): string {
  const { npm_lifecycle_event, INIT_CWD } = process.env;
  return npm_lifecycle_event === "course" && INIT_CWD !== undefined ? INIT_CWD : process.cwd();
}

let engine: Promise<Engine> | undefined;

const world: World = {
  course: createNodeFiles(ROOT),
  user: createUserFiles(workingDir()),
  engine(workers) {
    engine ??= import("./engine.ts").then(({ createEngine }) =>
      createEngine((message) => process.stderr.write(`${message}\n`), workers),
    );
    return engine;
  },
  async spell(texts, words) {
    const { findUnknownWords } = await import("./spelling.ts");
    return findUnknownWords(texts, words);
  },
};

const words = process.argv.slice(2);
const report = await dispatch(words, world);
if (words.includes("--json")) process.stdout.write(`${JSON.stringify(report.json, null, 2)}\n`);
else if (report.code >= 2) process.stderr.write(`${report.text}\n`);
else process.stdout.write(`${report.text}\n`);
if (words.includes("--json") && report.code === 3) process.stderr.write(`${report.text}\n`);
process.exitCode = report.code;
