// Mutual exclusion for two after Hyman, which lets both in; and after Peterson, which does not.
import { yieldNow } from "std/thread";
import { AtomicBool, AtomicI32 } from "std/sync";
import { runThreads } from "./bodies";
import { Room } from "./room";

class Doors {
  readonly wants = [new AtomicBool(false), new AtomicBool(false)] as const;
  readonly turn = new AtomicI32(0);
}

type Enter = (doors: Doors, me: 0 | 1) => void;

function exclude(enter: Enter): void {
  const [doors, room] = [new Doors(), new Room()];
  const visit = (me: 0 | 1) => () => {
    enter(doors, me);
    room.visit();
    doors.wants[me].store(false);
  };
  runThreads(visit(0), visit(1));
}

export function wrong(): void {
  exclude(({ wants, turn }, me) => {
    wants[me].store(true);
    while (turn.load() !== me) {
      while (wants[me === 0 ? 1 : 0].load()) yieldNow();
      turn.store(me);
    }
  });
}

export function right(): void {
  exclude(({ wants, turn }, me) => {
    const other = me === 0 ? 1 : 0;
    wants[me].store(true);
    turn.store(other);
    while (wants[other].load() && turn.load() === other) yieldNow();
  });
}
