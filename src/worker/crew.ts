import { RemoteMate, type Assignment, type Crew, type Mate } from "#explorer";
import { toPort } from "./message-port.ts";
import { Slice } from "./slice.ts";

/** How long the engine's worker searches before it hears its mates, milliseconds: they wait for work until then. */
const SLICE_MS = 4;
/** Ticks of silence from a mate whose part is needed before it counts as stuck: as many seconds as the page gives the engine's worker. */
const SILENT_TICKS_MAX = 20;
/** A mate that has not let go of a part by then is ended. */
const LET_GO_MS = 150;

export interface CrewOffice {
  /** Asks for other workers; they come through {@link WorkerCrew.join}. */
  recruit(): void;
  /** Ends the worker of a mate that hears nothing. */
  dismiss(mate: number): void;
}

/** The other workers, as the engine's worker sees them. Recruited when a search first proves long, then kept. */
export class WorkerCrew implements Crew {
  readonly #office: CrewOffice;
  readonly #mates = new Map<number, Member>();
  #isComplete = false;
  #slice = new Slice(SLICE_MS);

  constructor(office: CrewOffice) {
    this.#office = office;
  }

  idle(): readonly Mate[] {
    if (!this.#isComplete) this.#office.recruit();
    this.#isComplete = true;
    return [...this.#mates.values()].map(({ mate }) => mate).filter((mate) => mate.isIdle);
  }

  rest(): Promise<void> | undefined {
    return this.#mates.size > 0 && this.#slice.isOver() ? this.#slice.restart() : undefined;
  }

  join(number: number, port: MessagePort): void {
    const { post, listen } = toPort(port);
    const member: Member = {
      silentTicks: 0,
      mate: new RemoteMate({
        post,
        listen: (hear) =>
          listen((message) => {
            member.silentTicks = 0;
            hear(message);
          }),
      }),
    };
    this.#mates.set(number, member);
  }

  /** The worker of a mate has ended; the next long search asks for another. */
  lose(number: number): void {
    this.#mates.get(number)?.mate.lose();
    this.#mates.delete(number);
    this.#isComplete = false;
  }

  /** The part of a search that cannot go on because a mate has been silent for too long; call it twice a second. */
  tick(): Assignment | undefined {
    for (const member of this.#mates.values()) {
      const { awaited } = member.mate;
      member.silentTicks = awaited === undefined ? 0 : member.silentTicks + 1;
      if (member.silentTicks >= SILENT_TICKS_MAX) return awaited;
    }
    return undefined;
  }

  /** The job is over: whoever does not let go of it in time is ended. */
  release(): void {
    const late = [...this.#mates].filter(([, { mate }]) => mate.isInVain);
    if (late.length === 0) return;
    setTimeout(() => {
      for (const [number, { mate }] of late) {
        if (!mate.isInVain) continue;
        this.#office.dismiss(number);
        this.lose(number);
      }
    }, LET_GO_MS);
  }
}

interface Member {
  readonly mate: RemoteMate;
  silentTicks: number;
}
