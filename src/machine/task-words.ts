import type { TraceEvent } from "#abi";
import { formatMs } from "#base";

/** What a task's waits are told with. */
interface Tellers {
  /** The name of the task that the event is about. */
  readonly task: string;
  /** Its task is the one that acts. */
  readonly isOwn: boolean;
  /** The event is about the future of a `blockOn`. */
  readonly isRoot: boolean;
  /** What it waits for, in words, one for each pending call. */
  readonly waits: readonly string[];
}

/** What happened to a task, in words; "" for other events and for those that tell a reader nothing. */
export function taskPhrase(event: TraceEvent, { task, isOwn, isRoot, waits }: Tellers): string {
  switch (event.kind) {
    case "task-created":
      return isRoot ? "" : `starts ${task}`;
    case "task-suspended":
      return joinWords([joinWaits(waits) || "is not ready yet", held(event)]);
    case "given-up":
      return `no longer ${waits[0]?.replace(/^begins to /, "waits to ") ?? "waits"}`;
    case "task-woken":
      if (event.detail === "clock") return "";
      return isOwn ? "wakes itself" : `wakes ${task}`;
    case "task-aborted":
      return isOwn ? "aborts itself" : `aborts ${task}`;
    case "task-ended":
      return joinWords([isRoot ? "" : "ends", held(event)]);
    case "task-dropped":
      return joinWords(["is dropped", held(event)]);
    case "task-panicked":
      return held(event);
    default:
      return "";
  }
}

/** Several waits as one phrase: any of them would do. */
export function joinWaits(waits: readonly string[]): string {
  const different = [...new Set(waits)];
  const told = different.slice(0, WAITS_MAX);
  const left = different.length - told.length;
  const brief = told.map((wait, i) => (told[i - 1]?.startsWith(FOR) === true ? wait.replace(FOR, "") : wait));
  return [...brief, ...(left > 0 ? [`${left} more`] : [])].join(" or ");
}

const FOR = "waits for ";
const WAITS_MAX = 3;

/** How long a poll held its executor, where it did. */
function held({ detail }: TraceEvent): string {
  const heldNs = Number(detail);
  return heldNs > 0 ? `held its executor for ${formatMs(heldNs)}` : "";
}

function joinWords(phrases: readonly string[]): string {
  return phrases.filter((phrase) => phrase !== "").join("; ");
}
