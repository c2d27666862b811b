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
    return reportError(error, words[0]);
  }
}

/** What `--json` prints where there is no result. */
interface ErrorJson {
  /** `internal` is our fault, with exit code 3. */
  readonly kind: "usage" | "schedule" | "internal";
  readonly message: string;
  readonly hint: string;
}

function reportError(error: unknown, command: string | undefined): Report {
  if (error instanceof ScheduleError) {
    const hint = "A schedule is what `check` or `explore` printed behind `Schedule:`; copy the whole text.";
    return mistake({ kind: "schedule", message: error.message, hint });
  }
  if (error instanceof UsageError || error instanceof UnknownStrategyError) {
    const own = error instanceof UsageError ? error.hint : undefined;
    const known = command !== undefined && Object.hasOwn(COMMANDS, command);
    const hint = own ?? `\`help${known ? ` ${command}` : ""}\` shows what can be asked for.`;
    return mistake({ kind: "usage", message: error.message, hint });
  }
  const message = `This is our fault, not yours: ${error instanceof Error ? error.message : String(error)}`;
  const hint = "Please report it, with the command line and the files.";
  const text = error instanceof Error ? `${message}\n${error.stack ?? ""}` : message;
  return { code: 3, text, json: { error: { kind: "internal", message, hint } satisfies ErrorJson } };
}

function mistake(error: ErrorJson): Report {
  return { code: 2, text: error.message, json: { error } };
}

async function run(words: readonly string[], world: World): Promise<Report> {
  const [name, ...rest] = words.filter((word, index) => index > 0 || word !== "--json");
  if (name === undefined)
    return {
      code: 2,
      text: describeUsage(),
      json: {
        error: { kind: "usage", message: "A command is missing.", hint: "`help` names the commands." },
      },
    };
  if (name === "--help" || name === "-h" || rest.includes("--help")) {
    return help(name.startsWith("-") ? [] : [name], world);
  }
  if (RESERVED.includes(name)) throw new UsageError(`The command \`${name}\` does not exist yet.`);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw unknownCommand(name);
  return command(rest, world);
}
