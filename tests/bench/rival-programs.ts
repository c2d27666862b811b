import type { Scheduler } from "fast-check";

/** A wrong program of tests/search with promises: the same tasks, and the same places at which they wait. */
export interface RivalProgram {
  /** Its name in the catalogue. */
  readonly name: string;
  /** Begins the tasks; once all is quiet the answer is false where the run has failed. */
  readonly begin: (race: Race) => () => boolean;
}

/** Pauses as `later` has them. */
const LATER_TURNS = 3;

/** Tasks that wait for fast-check's scheduler, behind so many pauses that matter to nobody. */
export class Race {
  readonly #scheduler: Scheduler;
  readonly #steps: number;
  #running = 0;

  constructor(scheduler: Scheduler, steps: number) {
    this.#scheduler = scheduler;
    this.#steps = steps;
  }

  /** True where every task has come to its end. */
  get isOver(): boolean {
    return this.#running === 0;
  }

  pause(): Promise<void> {
    return this.#scheduler.schedule(Promise.resolve());
  }

  async later(body: () => Promise<void>): Promise<void> {
    for (let turn = 0; turn < LATER_TURNS; turn++) await this.pause();
    await body();
  }

  run(...bodies: readonly (() => Promise<void>)[]): void {
    for (const body of bodies) {
      this.#running += 1;
      void this.#runOne(body);
    }
  }

  async #runOne(body: () => Promise<void>): Promise<void> {
    for (let step = 0; step <= this.#steps; step++) await this.pause();
    await body();
    this.#running -= 1;
  }
}

class Lock {
  #last = Promise.resolve();

  /** Waits for its turn; what it gives unlocks. */
  async lock(): Promise<() => void> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    await before;
    return resolve;
  }
}

export const RIVAL_PROGRAMS: readonly RivalProgram[] = [
  {
    name: "await-between",
    begin(race) {
      let balance = 100;
      const change = (amount: number) => async () => {
        const seen = balance;
        await race.pause();
        balance = seen + amount;
      };
      race.run(change(50), () => race.later(change(-30)));
      return () => balance === 120;
    },
  },
  {
    name: "stampede",
    begin(race) {
      let [fetches, value] = [0, ""];
      const fill = async () => {
        if (value !== "") return;
        fetches += 1;
        await race.pause();
        value = "fetched";
      };
      race.run(fill, () => race.later(fill));
      return () => fetches === 1;
    },
  },
  {
    name: "stale-reply",
    begin(race) {
      let [newest, shown] = [0, 0];
      const ask = async () => {
        const asked = ++newest;
        await race.pause();
        shown = asked;
      };
      race.run(ask, ask);
      return () => shown === newest;
    },
  },
  {
    name: "task-transfer",
    begin(race) {
      const [a, b] = [new Lock(), new Lock()];
      const move = (first: Lock, second: Lock) => async () => {
        const unlockFirst = await first.lock();
        await race.pause();
        const unlockSecond = await second.lock();
        unlockSecond();
        unlockFirst();
      };
      race.run(move(a, b), () => race.later(move(b, a)));
      return () => race.isOver;
    },
  },
  {
    name: "missed-notification",
    begin(race) {
      let isOpen = false;
      const waiting: (() => void)[] = [];
      const wait = async () => {
        if (isOpen) return;
        await race.pause();
        await new Promise<void>((resolve) => waiting.push(resolve));
      };
      const open = async () => {
        await race.pause();
        isOpen = true;
        for (const wake of waiting.splice(0)) wake();
      };
      race.run(wait, open);
      return () => race.isOver;
    },
  },
];
