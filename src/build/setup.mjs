// Makes a clone ready to run: the locked packages (a newer Node among them) and, with --for-tests, what the tests
// need beside them: a Chromium, and rustc for the Rust on the pages.
// Plain JavaScript without packages: it runs on the machine's own Node 20 before anything is installed.
// It changes node_modules and those two programs, nothing else.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const NODE_MIN = 20;
const NODE_THAT_RUNS_TYPESCRIPT = [22, 18];
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const stamp = join(root, "node_modules", ".interleave-installed");
/** What tests/rust.ts builds with; the crates that these need come with them. */
const DEBIAN_CRATES = ["librust-tokio-dev", "librust-tokio-util-dev"];
/** playwright.config.ts looks in the same place. */
const SYSTEM_CHROMIUM = "/usr/bin/chromium";

class SetupError extends Error {}

/** The lock file's hash and the platform: what a finished install is recorded as. */
function wantedInstall() {
  const lock = readFileSync(join(root, "package-lock.json"));
  return `${createHash("sha256").update(lock).digest("hex")} ${process.platform}-${process.arch}\n`;
}

/** Runs a command with its output kept back. Returns the exit code and everything it said. */
function runQuietly(command, args, env = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, ...env },
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === "win32" && command === "npm",
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = [result.stdout, result.stderr, result.error?.message].filter(Boolean).join("\n").trim();
  return { ok: result.status === 0, said };
}

/** The npm that started this script, run by the Node it came with: the clone's own Node is about to be replaced. */
function npmCommand() {
  const script = process.env["npm_execpath"] ?? "";
  if (!script.endsWith("npm-cli.js") || !existsSync(script)) return ["npm"];
  return [process.env["npm_node_execpath"] ?? process.execPath, script];
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(0)} s`;
}

/** One line before the work, its time after it. On stderr, so that a command's own output stays clean. */
function announced(title, work) {
  const started = Date.now();
  process.stderr.write(`${title} ... `);
  const outcome = work();
  process.stderr.write(outcome.ok ? `done (${seconds(started)})\n` : `failed (${seconds(started)})\n`);
  return outcome;
}

function installPackages() {
  const wanted = wantedInstall();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const [command, ...args] = npmCommand();
  const outcome = announced("Installing packages (npm ci, up to a minute)", () =>
    runQuietly(command, [...args, "ci", "--loglevel=error", "--no-fund", "--no-audit"]),
  );
  if (!outcome.ok) {
    throw new SetupError(
      `${outcome.said}\n\nnpm ci failed. Check that this machine reaches its npm registry and that ` +
        "package-lock.json is as committed (git status), then run the command again.",
    );
  }
  writeFileSync(stamp, wanted);
}

/** True where Node `version` runs TypeScript sources as they are. */
function runsTypeScript(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [majorMin, minorMin] = NODE_THAT_RUNS_TYPESCRIPT;
  return major > majorMin || (major === majorMin && minor >= minorMin);
}

function requireNewerNode() {
  const own = join(root, "node_modules", ".bin", process.platform === "win32" ? "node.cmd" : "node");
  if (existsSync(own) || runsTypeScript(process.versions.node)) return;
  throw new SetupError(
    `There is no packaged Node for ${process.platform}-${process.arch}. ` +
      `Install Node ${NODE_THAT_RUNS_TYPESCRIPT.join(".")} or newer and run the command again.`,
  );
}

function isDebianLike() {
  if (!existsSync("/etc/os-release")) return false;
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync("/etc/os-release", "utf8"));
}

/** What to put before `apt-get`: nothing for root, sudo where it asks no password, else null. */
function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  return runQuietly("sudo", ["-n", "true"]).ok ? ["sudo", "-n"] : null;
}

/** Installs a Debian package; refreshes the package list only where the first try fails. */
function aptInstall(name, purpose) {
  const prefix = rootPrefix();
  if (prefix === null) return { ok: false, said: "apt-get needs root, and sudo is not available here." };
  const apt = (...args) => {
    const [command, ...rest] = [...prefix, "apt-get", ...args];
    return runQuietly(command, rest, { DEBIAN_FRONTEND: "noninteractive" });
  };
  return announced(`Installing ${name} for ${purpose} (apt-get)`, () => {
    const first = apt("install", "-y", "-qq", name);
    if (first.ok) return first;
    const update = apt("update", "-qq");
    return update.ok ? apt("install", "-y", "-qq", name) : update;
  });
}

async function playwrightChromium() {
  const { chromium } = await import("@playwright/test");
  return chromium.executablePath();
}

function playwrightInstallChromium() {
  const cli = join(root, "node_modules", "@playwright", "test", "cli.js");
  return announced("Installing Chromium for the browser tests (playwright)", () =>
    runQuietly(process.execPath, [cli, "install", "chromium"]),
  );
}

async function installChromium() {
  if (existsSync(SYSTEM_CHROMIUM) || existsSync(await playwrightChromium())) return;
  const tried = [];
  if (isDebianLike()) {
    const apt = aptInstall("chromium", "the browser tests");
    if (apt.ok && existsSync(SYSTEM_CHROMIUM)) return;
    tried.push(apt.said);
  }
  const download = playwrightInstallChromium();
  if (download.ok) return;
  tried.push(download.said);
  throw new SetupError(
    `${tried.join("\n\n")}\n\nThe browser tests need a Chromium and none could be installed. ` +
      `Install one as ${SYSTEM_CHROMIUM} (Debian: apt-get install chromium) or with ` +
      "`npx playwright install --with-deps chromium`, then run the command again.",
  );
}

function installRust() {
  for (const tool of ["rustc", "cargo"]) {
    if (runQuietly(tool, ["--version"]).ok) continue;
    const apt = isDebianLike() ? aptInstall(tool, "the Rust on the pages") : { ok: false, said: "" };
    if (apt.ok) continue;
    throw new SetupError(
      `${apt.said}\n\nThe tests compile the Rust that the lessons show, and there is no ${tool}. ` +
        "Install one (Debian: apt-get install rustc cargo; elsewhere: rustup), then run the command again.",
    );
  }
  installCrates();
}

/** Debian packages the sources of crates; elsewhere cargo fetches them. */
function installCrates() {
  if (!isDebianLike()) return;
  for (const name of DEBIAN_CRATES) {
    if (existsSync(join("/usr/share/doc", name))) continue;
    const apt = aptInstall(name, "the Rust of the tests, up to a minute");
    if (apt.ok) continue;
    throw new SetupError(
      `${apt.said}\n\nThe tests compile Rust that uses tokio, from Debian's package ${name}. ` +
        `Install it (apt-get install ${name}), then run the command again.`,
    );
  }
}

async function setUp(options) {
  if (Number(process.versions.node.split(".")[0]) < NODE_MIN) {
    throw new SetupError(
      `This is Node ${process.versions.node}; Interleave needs Node ${NODE_MIN} or newer.`,
    );
  }
  installPackages();
  requireNewerNode();
  if (!options.forTests) return;
  await installChromium();
  installRust();
}

try {
  await setUp({ forTests: process.argv.includes("--for-tests") });
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = 1;
}
