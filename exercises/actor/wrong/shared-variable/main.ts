import type { Async, Result } from "rt";

type Shared = { total: number };

/** No task, no messages: a variable that all handles point to. In another thread it is a copy. */
export class CounterHandle {
  private readonly shared: Shared;
  private isClosed: boolean;

  constructor(shared: Shared, isClosed: boolean) {
    this.shared = shared;
    this.isClosed = isClosed;
  }

  add(n: number): Result<void, "closed"> {
    if (this.isClosed) return { ok: false, error: "closed" };
    this.shared.total += n;
    return { ok: true, value: undefined };
  }

  *get(): Async<Result<number, "closed">> {
    return this.isClosed ? { ok: false, error: "closed" } : { ok: true, value: this.shared.total };
  }

  clone(): CounterHandle {
    return new CounterHandle(this.shared, this.isClosed);
  }

  close(): void {
    this.isClosed = true;
  }
}

export function spawnCounter(): CounterHandle {
  return new CounterHandle({ total: 0 }, false);
}
