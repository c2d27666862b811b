import { join, resolve } from "node:path";
import { buildCrate } from "../rust.ts";
import { PAIRS_FOLDER } from "./pairs.ts";

const END = "--- end of one run";

/** `channel-ends` as the name of a Rust module. */
function moduleOf(pair: string): string {
  return pair.replaceAll("-", "_");
}

/** One program for all pairs, each a module: it runs the one that is asked for, as often as is asked for. */
function mainOf(pairs: readonly string[]): string {
  const modules = pairs.map((pair) => {
    const path = resolve(join(PAIRS_FOLDER, pair, "main.rs"));
    return `mod ${moduleOf(pair)} { include!(${JSON.stringify(path)}); pub fn run_pair() { main() } }`;
  });
  const arms = pairs.map((pair) => `        "${pair}" => ${moduleOf(pair)}::run_pair,`);
  return `${modules.join("\n")}

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    let pair = std::env::args().nth(1).unwrap();
    let times: u32 = std::env::args().nth(2).unwrap().parse().unwrap();
    let run: fn() = match pair.as_str() {
${arms.join("\n")}
        _ => panic!("no pair {pair}"),
    };
    for _ in 0..times {
        run();
        println!("${END}");
    }
}
`;
}

/** Builds the Rust of all pairs; returns what runs one of them `times` times, and gives what each run printed. */
export async function buildPairs(
  pairs: readonly string[],
): Promise<(pair: string, times: number) => Promise<string[]>> {
  const runBinary = await buildCrate("pairs", new Map([["main.rs", mainOf(pairs)]]));
  return async (pair, times) => {
    const runs = (await runBinary("pairs", pair, String(times))).split(`${END}\n`);
    return runs.slice(0, -1).map((text) => text.trimEnd());
  };
}
