// The bakery algorithm without its `choosing`: two draw a number, and one looks before the other has written its own.
import { yieldNow } from "std/thread";
import { AtomicBool, AtomicI32 } from "std/sync";
import { runThreads } from "./bodies";
import { Room } from "./room";

function exclude(tellsOfChoosing: boolean): void {
  const choosing = [new AtomicBool(false), new AtomicBool(false)] as const;
  const number = [new AtomicI32(0), new AtomicI32(0)] as const;
  const room = new Room();
  const isBefore = (other: 0 | 1, mine: number) => {
    const theirs = number[other].load();
    return theirs !== 0 && (theirs < mine || (theirs === mine && other === 0));
  };
  const visit = (me: 0 | 1, other: 0 | 1) => () => {
    if (tellsOfChoosing) choosing[me].store(true);
    const mine = number[other].load() + 1;
    number[me].store(mine);
    if (tellsOfChoosing) choosing[me].store(false);
    while (tellsOfChoosing && choosing[other].load()) yieldNow();
    while (isBefore(other, mine)) yieldNow();
    room.visit();
    number[me].store(0);
  };
  runThreads(visit(0, 1), visit(1, 0));
}

export function wrong(): void {
  exclude(false);
}

export function right(): void {
  exclude(true);
}
