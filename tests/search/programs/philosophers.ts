// Four at a table take their left fork first: each may hold one and wait for the next.
import { Mutex } from "std/sync";
import { runThreads } from "./bodies";

const SEATS = 4;

function dine(forksOf: (seat: number) => readonly [first: number, second: number]): void {
  const forks = Array.from({ length: SEATS }, () => new Mutex(0));
  const eat = (seat: number) => () => {
    const [first, second] = forksOf(seat);
    using one = forks[first]!.lock();
    using two = forks[second]!.lock();
    one.value++;
    two.value++;
  };
  runThreads(...forks.map((_, seat) => eat(seat)));
}

export function wrong(): void {
  dine((seat) => [seat, (seat + 1) % SEATS]);
}

export function right(): void {
  dine((seat) => (seat + 1 < SEATS ? [seat, seat + 1] : [0, seat]));
}
