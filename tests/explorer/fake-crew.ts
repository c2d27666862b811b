import { createPrng, type Prng } from "#base";
import type { Program } from "#compile";
import { RemoteMate, serveMate, type Crew, type Mate, type Port, type Runnable } from "#explorer";

/** Lets everything else that waits go first, some times. */
async function dawdle(times: number): Promise<void> {
  for (let i = 0; i < times; i++) await Promise.resolve();
}

/** A line between two workers: messages are copied, come in order, and take their time. */
function createLine(prng: Prng, slowness: number): [Port, Port] {
  const ends = [0, 1].map(() => ({ hear: (_: unknown): void => undefined, sent: Promise.resolve() }));
  const portOf = (own: number, other: number): Port => ({
    post(message) {
      const copy: unknown = structuredClone(message);
      const end = ends[other];
      if (end !== undefined)
        end.sent = end.sent.then(() => dawdle(prng.below(slowness))).then(() => end.hear(copy));
    },
    listen(hear) {
      const end = ends[own];
      if (end !== undefined) end.hear = hear;
    },
  });
  return [portOf(0, 1), portOf(1, 0)];
}

export interface FakeCrewOptions {
  readonly size: number;
  /** Decides how long each message takes. */
  readonly seed?: number;
  readonly slowness?: number;
  /** Loads a program on a mate. */
  readonly load: (program: Program) => Runnable;
}

/** Mates behind lines that deliver late and out of step with each other, as workers do, but the same way each time. */
export class FakeCrew implements Crew {
  readonly mates: RemoteMate[];
  readonly parts: string[] = [];
  readonly #prng: Prng;

  constructor({ size, seed = 1, slowness = 50, load }: FakeCrewOptions) {
    this.#prng = createPrng(seed);
    this.mates = Array.from({ length: size }, () => {
      const [near, far] = createLine(this.#prng, slowness);
      const mate = new RemoteMate({
        listen: (hear) => near.listen(hear),
        post: (message) => {
          this.#note(message);
          near.post(message);
        },
      });
      serveMate(far, { load, rest: () => dawdle(this.#prng.below(slowness)) });
      return mate;
    });
  }

  idle(): readonly Mate[] {
    return this.mates.filter((mate) => mate.isIdle);
  }

  async rest(): Promise<void> {
    await dawdle(this.#prng.below(8));
  }

  #note(message: unknown): void {
    const order = message as { type: string; part?: { kind: string } };
    if (order.type === "run") this.parts.push(order.part?.kind ?? "");
  }
}
