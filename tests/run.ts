// What `npm test` runs once the clone is set up: every stage in order, one line each, then one line with the sum.
// With names (`npm run -s test:all -- lint unit`) only those stages.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { stagesOf, tallyOf } from "./run/stages.ts";
import type { Stage } from "./run/stages.ts";
import type { Tally } from "./run/tally.ts";

const STAGE_MINUTES_MAX = 10;
const root = dirname(dirname(fileURLToPath(import.meta.url)));

interface Ended {
  readonly exitCode: number;
  readonly said: string;
}

/** Runs one command to its end. One that hangs is ended with everything it started. */
function run(stage: Stage): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(stage.command, {
      cwd: root,
      shell: true,
      detached: process.platform !== "win32",
      env: {
        ...process.env,
        ...stage.env,
        ASTRO_TELEMETRY_DISABLED: "1",
        NO_COLOR: "1",
        FORCE_COLOR: undefined,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
    const watchdog = setTimeout(() => {
      said += `\nended after ${STAGE_MINUTES_MAX} minutes\n`;
      if (child.pid !== undefined)
        process.kill(process.platform === "win32" ? child.pid : -child.pid, "SIGKILL");
    }, STAGE_MINUTES_MAX * 60_000);
    child.on("error", (error) => (said += `${error.message}\n`));
    child.on("close", (code) => {
      clearTimeout(watchdog);
      resolve({ exitCode: code ?? 1, said });
    });
  });
}

function report(stage: Stage, tally: Tally, seconds: number): void {
  const counted = stage.tally === undefined ? "" : `  ${tally.passed} passed, ${tally.failed} failed`;
  const note = tally.note === "" ? "" : `  (${tally.note})`;
  const verdict = tally.failed === 0 ? "ok    " : "FAILED";
  console.log(`${stage.name.padEnd(10)} ${verdict} ${seconds.toFixed(1).padStart(6)} s${counted}${note}`);
}

async function runStages(stages: readonly Stage[], reportFile: (name: string) => string): Promise<Tally> {
  const failed = new Set<string>();
  let sum = { passed: 0, failed: 0, note: "" };
  for (const stage of stages) {
    const missing = stage.needs.filter((name) => failed.has(name));
    const started = Date.now();
    const ended = missing.length === 0 ? await run(stage) : null;
    const file = reportFile(stage.name);
    const tally: Tally =
      ended === null
        ? { passed: 0, failed: 1, note: `not run: ${missing.join(" and ")} failed` }
        : tallyOf(stage, existsSync(file) ? readFileSync(file, "utf8") : null, ended.exitCode);
    report(stage, tally, (Date.now() - started) / 1000);
    if (tally.failed > 0) {
      failed.add(stage.name);
      if (ended !== null) console.log(`${ended.said.trimEnd()}\n`);
    }
    sum = { passed: sum.passed + tally.passed, failed: sum.failed + tally.failed, note: "" };
  }
  return sum;
}

const reports = mkdtempSync(join(tmpdir(), "interleave-test-"));
const reportFile = (name: string): string => join(reports, `${name}.json`);
try {
  const all = stagesOf(reportFile);
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !all.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    console.error(`no stage ${unknown.join(", ")}; there are ${all.map((stage) => stage.name).join(", ")}`);
    process.exitCode = 2;
  } else {
    const stages = wanted.length === 0 ? all : all.filter((stage) => wanted.includes(stage.name));
    const sum = await runStages(stages, reportFile);
    console.log(`${sum.passed} passed, ${sum.failed} failed`);
    process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1;
  }
} finally {
  rmSync(reports, { recursive: true, force: true });
}
