// Peterson's algorithm with its two stores the other way round: the turn is given away before it is asked for.
import { yieldNow } from "std/thread";
import { AtomicBool, AtomicI32 } from "std/sync";
import { runThreads } from "./bodies";
import { Room } from "./room";

function exclude(isTurnFirst: boolean): void {
  const wants = [new AtomicBool(false), new AtomicBool(false)] as const;
  const [turn, room] = [new AtomicI32(0), new Room()];
  const visit = (me: 0 | 1, other: 0 | 1) => () => {
    if (isTurnFirst) turn.store(other);
    wants[me].store(true);
    if (!isTurnFirst) turn.store(other);
    while (wants[other].load() && turn.load() === other) yieldNow();
    room.visit();
    wants[me].store(false);
  };
  runThreads(visit(0, 1), visit(1, 0));
}

export function wrong(): void {
  exclude(true);
}

export function right(): void {
  exclude(false);
}
