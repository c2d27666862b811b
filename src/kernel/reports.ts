import { formatCount } from "#base";
import type { Kernel } from "./kernel.ts";
import { taskOf } from "./recorder.ts";
import type { Task } from "./task.ts";
import { Thread } from "./thread.ts";

/** A printed line: who, when, what. */
export interface Line {
  readonly timeNs: number;
  readonly thread: number;
  /** The task that the thread was polling; 0 where it printed for itself. */
  readonly task: number;
  readonly text: string;
}

/** Something that is no failure, and that the author of the program should know. */
export interface Warning {
  readonly message: string;
  readonly site: number;
}

const WARNINGS_MAX = 20;

/** What a run says: the lines it prints, warnings, panics that nobody waited for. */
export class Reports {
  readonly lines: Line[] = [];
  readonly warnings: Warning[] = [];
  readonly #kernel: Kernel;
  #printed = 0;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  print(thread: Thread, text: string): void {
    const kernel = this.#kernel;
    const { outputMax } = kernel.limits;
    this.#printed += text.length;
    if (this.#printed > outputMax)
      kernel.fail(
        "over-limit",
        `The program printed more than ${formatCount(outputMax)} characters.`,
        thread,
      );
    this.lines.push({ timeNs: kernel.nowNs, thread: thread.id, task: taskOf(thread), text });
    kernel.record(thread, "printed", 0, text);
    thread.complete(0);
  }

  /** Notes something that is no failure; each sentence once for each place. */
  warn(message: string, site = 0): void {
    if (this.warnings.some((known) => known.message === message && known.site === site)) return;
    if (this.warnings.length >= WARNINGS_MAX) return;
    this.warnings.push({ message, site });
    const warned = this.#kernel.acting ?? this.#kernel.threads[0];
    if (warned !== undefined) this.#kernel.record(warned, "warned", 0, message);
  }

  /** Prints the panics of threads and tasks that nobody joined. */
  printLostPanics(): void {
    const { objects, threads } = this.#kernel;
    const tasks = objects.all.filter((object) => object.type === "task" && !object.isRoot) as Task[];
    for (const lost of [...threads, ...tasks])
      if (lost.state === "panicked" && !lost.joined) this.#printPanic(lost);
  }

  #printPanic(lost: Thread | Task): void {
    const [name, ...message] = String(lost.result).slice(1).split("\n");
    const isThread = lost instanceof Thread;
    this.lines.push({
      timeNs: this.#kernel.nowNs,
      thread: isThread ? lost.id : lost.thread.id,
      task: isThread ? 0 : lost.id,
      text: `${lost.name} panicked: ${name}: ${message.join("\n")}`,
    });
  }
}
