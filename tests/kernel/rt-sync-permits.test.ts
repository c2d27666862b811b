/** Random calls on what tasks wait for, against slow and obvious models of what tokio documents. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { type Payload, STATUS } from "#abi";
import { about, at, checkScript, LENGTH, RUNS } from "./deeds.ts";
import { type Model, OperationDriver } from "./operation-driver.ts";

/** Permits in a line: the semaphore's, and those that a lock is made of. */
class Permits implements Model {
  free: number;
  isClosed = false;
  /** Everybody who waits, in order; what each is still owed. */
  readonly line: { readonly i: number; readonly wanted: number; owed: number }[] = [];

  constructor(free: number) {
    this.free = free;
  }

  enter(i: number, wanted: number): void {
    this.line.push({ i, wanted, owed: wanted });
    this.share();
  }

  /** What is free goes to the first who is owed something, again and again. */
  share(): void {
    for (let next; this.free > 0 && (next = this.line.find(({ owed }) => owed > 0)); this.free--) next.owed--;
  }

  give(n: number): void {
    this.free += n;
    this.share();
  }

  isReady(i: number): boolean {
    const place = this.line.find((waiting) => waiting.i === i);
    return this.isClosed || place?.owed === 0;
  }

  take(i: number): { status: number } {
    if (!this.isClosed) this.line.splice(this.#indexOf(i), 1);
    else if (this.#indexOf(i) >= 0) this.drop(i);
    return { status: this.isClosed ? STATUS.disconnected : STATUS.ok };
  }

  drop(i: number): void {
    const [place] = this.line.splice(this.#indexOf(i), 1);
    if (place !== undefined) this.give(place.wanted - place.owed);
  }

  #indexOf(i: number): number {
    return this.line.findIndex((waiting) => waiting.i === i);
  }
}

it("a semaphore serves requests in order, loses no permit and makes none", () => {
  const deeds = fc.array(
    about("acquire", "acquire", "try", "poll", "poll", "drop", "release", "add", "close"),
    LENGTH,
  );
  fc.assert(
    fc.property(fc.nat(3), deeds, (permits, script) => {
      checkScript(function* () {
        const model = new Permits(permits);
        const driver = new OperationDriver(model);
        const out: { id: number; n: number }[] = [];
        const wanted: number[] = [];
        const keep = (reply: Payload | null, n: number): void => {
          if (reply !== null && !model.isClosed) out.push({ id: Number(reply), n });
        };
        yield* driver.begin();
        const a = Number((yield { call: "semaphoreNew", a: permits }).reply);
        for (const { kind, which, n } of script) {
          const i = at(driver.pending, which);
          const permit = at(out, which);
          if (kind === "acquire") {
            wanted[driver.next] = n;
            if (!model.isClosed) model.enter(driver.next, n);
            keep(yield* driver.start({ call: "acquire", a, payload: n }), n);
          } else if (kind === "try") {
            const { reply, status } = yield { call: "acquire", a, payload: n, timeoutNs: 0 };
            const enough = model.free >= n;
            expect(status).toBe(model.isClosed ? STATUS.disconnected : enough ? STATUS.ok : STATUS.empty);
            if (!model.isClosed && enough) {
              model.free -= n;
              out.push({ id: Number(reply), n });
            }
          } else if (kind === "poll" && i !== undefined) keep(yield* driver.poll(i), wanted[i] as number);
          else if (kind === "drop" && i !== undefined) yield* driver.drop(i);
          else if (kind === "release" && permit !== undefined) {
            yield { call: "release", a: permit.id };
            out.splice(out.indexOf(permit), 1);
            model.give(permit.n);
          } else if (kind === "add") {
            yield { call: "addPermits", a, payload: n };
            model.give(n);
          } else if (kind === "close" && which < 5) {
            yield { call: "closeSemaphore", a };
            model.isClosed = true;
          }
          expect((yield { call: "availablePermits", a }).reply).toBe(model.free);
          yield* driver.checkWoken();
        }
      });
    }),
    RUNS,
  );
});

it("an RwLock has many readers or one writer, in the order of asking", () => {
  const deeds = fc.array(
    about("read", "write", "poll", "poll", "drop", "unlock", "tryRead", "tryWrite"),
    LENGTH,
  );
  fc.assert(
    fc.property(deeds, (script) => {
      checkScript(function* () {
        const free = new Permits(4);
        // Four permits are as good as many: a fifth reader at once is not tried.
        const driver = new OperationDriver(free);
        const held: { guard: number; n: number }[] = [];
        const wanted: number[] = [];
        let guards = 0;
        yield* driver.begin();
        const a = Number((yield { call: "asyncLockNew", a: 1, payload: 0 }).reply);
        for (const { kind, which } of script) {
          const i = at(driver.pending, which);
          const hold = at(held, which);
          const readers = held.length + driver.pending.filter((one) => wanted[one] === 1).length;
          const isRead = kind === "read" || kind === "tryRead";
          if (kind === "read" || kind === "write") {
            if (isRead && readers >= 4) continue;
            const n = isRead ? 1 : 4;
            const b = driver.next + 1000;
            wanted[driver.next] = n;
            free.enter(driver.next, n);
            const reply = yield* driver.start({ call: "asyncLock", a, b, payload: isRead ? 1 : 0 });
            if (reply !== null) held.push({ guard: b, n });
          } else if (kind === "tryRead" || kind === "tryWrite") {
            if (isRead && readers >= 4) continue;
            const n = isRead ? 1 : 4;
            const { status } = yield {
              call: "asyncLock",
              a,
              b: ++guards,
              payload: isRead ? 1 : 0,
              timeoutNs: 0,
            };
            const enough = free.free >= n;
            expect(status).toBe(enough ? STATUS.ok : STATUS.wouldBlock);
            if (!enough) continue;
            free.free -= n;
            held.push({ guard: guards, n });
          } else if (kind === "poll" && i !== undefined) {
            if ((yield* driver.poll(i)) !== null) held.push({ guard: i + 1000, n: wanted[i] as number });
          } else if (kind === "drop" && i !== undefined) yield* driver.drop(i);
          else if (kind === "unlock" && hold !== undefined) {
            yield { call: "asyncUnlock", a, b: hold.guard, payload: 0 };
            held.splice(held.indexOf(hold), 1);
            free.give(hold.n);
          }
          expect(held.some(({ n }) => n === 4) && held.length > 1).toBe(false);
          yield* driver.checkWoken();
        }
      });
    }),
    RUNS,
  );
});

class Notifications implements Model {
  permit = false;
  generation = 0;
  readonly waiting = new Map<number, "one" | "all" | null>();

  start(i: number, generation: number): void {
    this.waiting.set(i, this.permit ? "one" : generation < this.generation ? "all" : null);
    this.permit &&= this.waiting.get(i) !== "one";
  }

  one(): void {
    const first = [...this.waiting].find(([, by]) => by === null);
    if (first === undefined) this.permit = true;
    else this.waiting.set(first[0], "one");
  }

  all(): void {
    this.generation++;
    for (const [i, by] of this.waiting) if (by === null) this.waiting.set(i, "all");
  }

  isReady(i: number): boolean {
    return this.waiting.get(i) !== null;
  }

  take(i: number): { status: number } {
    this.waiting.delete(i);
    return { status: STATUS.ok };
  }

  drop(i: number): void {
    const by = this.waiting.get(i);
    this.waiting.delete(i);
    if (by === "one") this.one();
  }
}

it("a notification for one wakes the first who waits, is kept where nobody does, and is passed on", () => {
  const deeds = fc.array(
    about("make", "start", "start", "poll", "poll", "drop", "one", "one", "all"),
    LENGTH,
  );
  fc.assert(
    fc.property(deeds, (script) => {
      checkScript(function* () {
        const model = new Notifications();
        const driver = new OperationDriver(model);
        const made: number[] = [];
        yield* driver.begin();
        const a = Number((yield { call: "notifyNew" }).reply);
        for (const { kind, which } of script) {
          const i = at(driver.pending, which);
          if (kind === "make") made.push(Number((yield { call: "notify", a, payload: 2 }).reply));
          else if (kind === "start") {
            const b = made.shift() ?? model.generation;
            model.start(driver.next, b);
            yield* driver.start({ call: "notified", a, b });
          } else if (kind === "poll" && i !== undefined) yield* driver.poll(i);
          else if (kind === "drop" && i !== undefined) yield* driver.drop(i);
          else if (kind === "one") {
            yield { call: "notify", a, payload: 0 };
            model.one();
          } else if (kind === "all") {
            yield { call: "notify", a, payload: 1 };
            model.all();
          }
          yield* driver.checkWoken();
        }
      });
    }),
    RUNS,
  );
});
