import { parseArgs } from "node:util";
import { parseStrategyName, type StrategyName } from "#explorer";
import { findNearNames } from "#course";
import { UsageError } from "./usage-error.ts";

/** The options a command knows: `text` takes a value, `flag` does not. */
export type OptionKinds = Readonly<Record<string, "text" | "flag">>;

/** Threads that a search may have: each needs some ten megabytes. */
const WORKERS_MAX = 64;

/** Parsed words of one command. */
export class Arguments {
  readonly positionals: readonly string[];
  readonly #values: Readonly<Record<string, string | boolean | undefined>>;

  constructor(command: string, words: readonly string[], kinds: OptionKinds) {
    const known: OptionKinds = { ...kinds, json: "flag" };
    requireKnown(command, words, known);
    const options = Object.fromEntries(
      Object.entries(known).map(([name, kind]) => [
        name,
        { type: kind === "text" ? "string" : "boolean" } as const,
      ]),
    );
    try {
      const parsed = parseArgs({ args: joinNegatives(words, known), options, allowPositionals: true });
      this.positionals = parsed.positionals;
      this.#values = parsed.values as Record<string, string | boolean | undefined>;
    } catch (error) {
      throw new UsageError(describeParseError(error instanceof Error ? error.message : String(error)));
    }
    for (const [name, value] of Object.entries(this.#values))
      if (value === "" && name !== "schedule") throw new UsageError(`\`--${name}\` has an empty value.`);
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === "string" ? value : undefined;
  }

  /** An option that must be there; `what` says what it takes. */
  required(name: string, what: string): string {
    const value = this.text(name);
    if (value === undefined) throw new UsageError(`\`--${name}\` is missing: give ${what}.`);
    return value;
  }

  /** A whole number of at least `least`, and at most `most`. */
  number(name: string, least: number, most = Number.MAX_SAFE_INTEGER): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    const bounds = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
    throw new UsageError(`\`--${name}\` takes a whole number ${bounds}, not \`${text}\`.`);
  }

  /** How many threads search. */
  workers(): number | undefined {
    return this.number("workers", 1, WORKERS_MAX);
  }

  strategy(): StrategyName | undefined {
    const text = this.text("strategy");
    return text === undefined ? undefined : parseStrategyName(text);
  }

  /** How time moves, where it is not to be tried both ways. */
  clockRule(): { readonly rules?: { readonly clock: "idle" | "late" } } {
    const clock = this.text("clock");
    if (clock === undefined) return {};
    if (clock !== "idle" && clock !== "late")
      throw new UsageError(`\`${clock}\` is no clock; there are idle, late.`);
    return { rules: { clock } };
  }

  /** The only positional; `what` names it. */
  only(what: string): string {
    const [first, second] = this.positionals;
    if (first === undefined || first === "") throw new UsageError(`${what} is missing.`);
    if (second !== undefined) throw new UsageError(`\`${second}\` is one word too many.`);
    return first;
  }
}

function requireKnown(command: string, words: readonly string[], known: OptionKinds): void {
  for (const word of words) {
    if (word === "--") return;
    const name = /^--?([^=]+)/.exec(word)?.[1];
    if (name === undefined || Object.hasOwn(known, name) || /^[\d.]/.test(name)) continue;
    const near = findNearNames(name, Object.keys(known), 1);
    const cure = near.length > 0 ? `did you mean \`--${near[0]}\`?` : `it knows ${listOptions(known)}.`;
    throw new UsageError(`\`${command}\` has no option \`${word.replace(/=.*/, "")}\`; ${cure}`);
  }
}

function listOptions(known: OptionKinds): string {
  return Object.keys(known)
    .map((name) => `\`--${name}\``)
    .join(", ");
}

/** `--runs -1` as `--runs=-1`: a value, though it looks like an option. */
function joinNegatives(words: readonly string[], known: OptionKinds): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const option = joined.at(-1) ?? "";
    const takesIt = option.startsWith("--") && known[option.slice(2)] === "text";
    if (takesIt && /^-[\d.]/.test(word)) joined[joined.length - 1] = `${option}=${word}`;
    else joined.push(word);
  }
  return joined;
}

/** The parser's words for its few complaints in ours. */
function describeParseError(message: string): string {
  const option = /'(--?[\w-]+)/.exec(message)?.[1] ?? "";
  if (/argument missing|is ambiguous/.test(message)) return `\`${option}\` needs a value behind it.`;
  if (message.includes("does not take an argument")) return `\`${option}\` takes no value.`;
  return `${message.split(/\.\s|\n/)[0]?.replace(/\.$/, "") ?? message}.`;
}
