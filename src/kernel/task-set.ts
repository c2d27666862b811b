import type { Task } from "./task.ts";

/** Tasks of which somebody waits for whichever ends first: a set that is joined, or the children of a scope. */
export class TaskSet {
  readonly type = "task-set";
  readonly id: number;
  readonly site: number;
  /** Those that are not over, in the order in which they were added. */
  readonly running = new Set<Task>();
  /** Those that are over and that nobody has been told of, the one that ended first comes first. */
  readonly ended: Task[] = [];

  constructor(id: number, site: number) {
    this.id = id;
    this.site = site;
  }

  add(task: Task): void {
    task.set = this;
    if (task.alive) this.running.add(task);
    else this.ended.push(task);
  }

  end(task: Task): void {
    this.running.delete(task);
    this.ended.push(task);
  }
}
