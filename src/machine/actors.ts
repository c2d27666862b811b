import type { ObjectInfo, ThreadInfo } from "#abi";

/** Whoever acts in a run: a thread, or a task of the executor inside it. */
export interface Actor {
  readonly thread: number;
  /** The task's object; 0 for the thread itself, -1 for a lane that tasks share. */
  readonly task: number;
  /** Unlike every other's: the second `worker` is `worker (2)`. */
  readonly name: string;
}

/** Tasks of one thread that have lanes of their own; the others share one. */
const TASK_LANES_MAX = 16;

interface Cast {
  readonly threads: readonly Pick<ThreadInfo, "id" | "name">[];
  readonly objects: readonly Pick<ObjectInfo, "id" | "type" | "name" | "thread" | "isRoot">[];
}

/** Everybody in a run, by number, and the lanes that they are drawn on: each thread, and under it its tasks. */
export class Actors {
  readonly lanes: readonly Actor[];
  readonly #all: readonly Actor[];
  readonly #byThread: readonly Actor[];
  readonly #byTask: ReadonlyMap<number, Actor>;
  readonly #laneOf: ReadonlyMap<Actor, number>;

  constructor({ threads, objects }: Cast) {
    const tasks = objects.filter((object) => object.type === "task" && object.isRoot !== true);
    const names = new Names();
    this.#byThread = threads.map(({ id, name }) => ({ thread: id, task: 0, name: names.take(name) }));
    this.#byTask = new Map(
      tasks.map(({ id, name = "", thread = 0 }) => [id, { thread, task: id, name: names.take(name) }]),
    );
    this.#all = [...this.#byThread, ...this.#byTask.values()];
    const lanes: Actor[] = [];
    this.#laneOf = new Map(this.#byThread.flatMap((thread) => addLanes(lanes, thread, this.#all)));
    this.lanes = lanes;
  }

  /** The actor with this task, or, where that is 0 or the future of a `blockOn`, the thread. */
  get(thread: number, task: number): Actor {
    return this.#byTask.get(task) ?? this.#byThread[thread] ?? { thread, task: 0, name: `thread ${thread}` };
  }

  /** Where it is drawn, by number of the lane. */
  laneOf(thread: number, task: number): number {
    return this.#laneOf.get(this.get(thread, task)) ?? 0;
  }
}

/** Adds the lanes of one thread; says who is drawn on which. */
function addLanes(lanes: Actor[], thread: Actor, all: readonly Actor[]): [Actor, number][] {
  const tasks = all.filter((actor) => actor.thread === thread.thread && actor.task !== 0);
  const own = tasks.length <= TASK_LANES_MAX ? tasks : tasks.slice(0, TASK_LANES_MAX - 1);
  const rest = tasks.slice(own.length);
  const first = lanes.length;
  lanes.push(thread, ...own);
  if (rest.length > 0) lanes.push({ thread: thread.thread, task: -1, name: `${rest.length} more tasks` });
  return [thread, ...own, ...rest].map((actor, i) => [actor, first + Math.min(i, own.length + 1)]);
}

/** Names that are each given once. */
class Names {
  readonly #taken = new Set<string>();
  readonly #count = new Map<string, number>();

  take(name: string): string {
    let count = this.#count.get(name) ?? 0;
    let free;
    do {
      count += 1;
      free = count === 1 ? name : `${name} (${count})`;
    } while (this.#taken.has(free));
    this.#count.set(name, count);
    this.#taken.add(free);
    return free;
  }
}
