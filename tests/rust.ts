/**
 * Owns: compiling Rust. Crates come from Debian's packages where there are such, else from crates.io; compiled ones
 * are kept between runs, and shared: cargo lets one build at a time use them.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

const exec = promisify(execFile);

/** Where Debian's librust-*-dev packages put the sources of crates. */
const DEBIAN_CRATES = "/usr/share/cargo/registry";
const KEPT = join("node_modules", ".cache", "rust");
const TARGET = resolve(KEPT, "target");
const BUILD_MS = 400_000;
/** No program of the tests runs for longer, unless it hangs. */
const RUN_MS = 60_000;

/** The same crates for all who build, so that they are compiled once. */
const DEPENDENCIES = `[dependencies]
tokio = { version = "1.24", features = ["rt", "time", "sync", "macros", "test-util", "io-util", "net"] }
tokio-util = { version = "0.7", default-features = false }
futures-util = { version = "0.3", default-features = false, features = ["std"] }
`;

const DEBIAN_SOURCE = `[source.crates-io]
replace-with = "debian"

[source.debian]
directory = "${DEBIAN_CRATES}"
`;

function manifest(name: string): string {
  const head = `[package]\nname = "${name}"\nversion = "0.0.0"\nedition = "2021"\n`;
  return `${head}\n${DEPENDENCIES}\n[profile.dev]\ndebug = false\n\n[workspace]\n`;
}

export function usesTokio(code: string): boolean {
  return /\btokio::/.test(code);
}

/** What a program that needs no crate prints. Warnings are errors. */
export async function runPlainRust(code: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "interleave-rust-"));
  try {
    await writeFile(join(folder, "main.rs"), code);
    await exec("rustc", ["--edition", "2021", "-D", "warnings", "-o", "main", "main.rs"], { cwd: folder });
    return (await exec(join(folder, "main"))).stdout;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * Builds the crate `name` from sources, by their path in `src`; returns how to run one of its binaries, and what that
 * prints. Names of crates and of binaries are unique among all builds. Warnings are errors.
 */
export async function buildCrate(
  name: string,
  sources: ReadonlyMap<string, string>,
): Promise<(binary: string, ...args: string[]) => Promise<string>> {
  const isDebian = existsSync(DEBIAN_CRATES);
  const folder = join(KEPT, name);
  await rm(join(folder, "src"), { recursive: true, force: true });
  const files = new Map([
    ["Cargo.toml", manifest(name)],
    [join(".cargo", "config.toml"), isDebian ? DEBIAN_SOURCE : ""],
    ...[...sources].map(([path, code]) => [join("src", path), code] as const),
  ]);
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  await exec("cargo", ["build", "--quiet", "--target-dir", TARGET, ...(isDebian ? ["--offline"] : [])], {
    cwd: folder,
    timeout: BUILD_MS,
    env: { ...process.env, RUSTFLAGS: "-D warnings" },
  });
  return async (binary, ...args) =>
    (await exec(join(TARGET, "debug", binary), args, { timeout: RUN_MS })).stdout;
}
