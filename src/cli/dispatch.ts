import { ScheduleError, UnknownStrategyError } from "#explorer";
import { check } from "./check.ts";
import type { Command, Report, World } from "./command.ts";
import { explore } from "./explore.ts";
import { describeUsage, help, unknownCommand } from "./help.ts";
import { replay } from "./replay.ts";
import { UsageError } from "./usage-error.ts";
import { verify } from "./verify.ts";

const COMMANDS: Readonly<Record<string, Command>> = { check, explore, replay, verify, help };

/** Names the design keeps for commands that do not exist. */
const RESERVED = ["new", "grade", "report"];

/** What one command line comes to. Never throws: a mistake is exit code 2, a crash of ours 3. */
export async function dispatch(words: readonly string[], world: World): Promise<Report> {
  try {
    return await run(words, world);
  } catch (error) {
    if (
      error instanceof UsageError ||
      error instanceof ScheduleError ||
      error instanceof UnknownStrategyError
    ) {
      return { code: 2, text: error.message, json: { error: error.message } };
    }
    const message = error instanceof Error ? error.message : String(error);
    const text = `This is our fault, not yours: ${message}`;
    return {
      code: 3,
      text: error instanceof Error ? `${text}\n${error.stack ?? ""}` : text,
      json: { error: text },
    };
  }
}

async function run(words: readonly string[], world: World): Promise<Report> {
  const [name, ...rest] = words.filter((word, index) => index > 0 || word !== "--json");
  if (name === undefined) return { code: 2, text: describeUsage(), json: { error: "A command is missing." } };
  if (name === "--help" || name === "-h" || rest.includes("--help")) {
    return help(name.startsWith("-") ? [] : [name], world);
  }
  if (RESERVED.includes(name)) throw new UsageError(`The command \`${name}\` does not exist yet.`);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw unknownCommand(name);
  return command(rest, world);
}
