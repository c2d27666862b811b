/**
 * Owns: compiling the Rust that the course shows. Programs that use tokio are built together, with the crates that
 * Debian packages where there are such, else with those of crates.io; compiled crates are kept between runs.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const exec = promisify(execFile);

/** Where Debian's librust-*-dev packages put the sources of crates. */
const DEBIAN_CRATES = "/usr/share/cargo/registry";
const KEPT = join("node_modules", ".cache", "rust");
const BUILD_MS = 400_000;

const MANIFEST = `[package]
name = "listings"
version = "0.0.0"
edition = "2021"

[dependencies]
tokio = { version = "1.24", features = ["rt", "time", "sync", "macros", "test-util", "io-util", "net"] }

[profile.dev]
debug = false
`;

const DEBIAN_SOURCE = `[source.crates-io]
replace-with = "debian"

[source.debian]
directory = "${DEBIAN_CRATES}"
`;

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

/** Builds programs that use tokio, by name; returns how to run one. Warnings are errors. */
export async function buildWithTokio(
  programs: ReadonlyMap<string, string>,
): Promise<(name: string) => Promise<string>> {
  const isDebian = existsSync(DEBIAN_CRATES);
  const sources = join(KEPT, "src", "bin");
  await rm(sources, { recursive: true, force: true });
  await mkdir(sources, { recursive: true });
  await mkdir(join(KEPT, ".cargo"), { recursive: true });
  await writeFile(join(KEPT, "Cargo.toml"), MANIFEST);
  await writeFile(join(KEPT, ".cargo", "config.toml"), isDebian ? DEBIAN_SOURCE : "");
  for (const [name, code] of programs) await writeFile(join(sources, `${name}.rs`), code);
  await exec("cargo", ["build", "--quiet", ...(isDebian ? ["--offline"] : [])], {
    cwd: KEPT,
    timeout: BUILD_MS,
    env: { ...process.env, RUSTFLAGS: "-D warnings" },
  });
  return async (name) => (await exec(join(KEPT, "target", "debug", name))).stdout;
}
