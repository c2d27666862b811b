import { blockOn } from "rt";
import { Instant, interval, type MissedTicks } from "rt/time";
import { sleep as block } from "std/thread";

export function main(): void {
  blockOn(body());
}

/** Takes a tick after each of these times of other work; what was due, and when it was taken. */
function* take(behaviour: MissedTicks, ...busy: number[]) {
  const start = Instant.now();
  const beat = interval(100);
  beat.missedTicks = behaviour;
  const seen = [];
  for (const ms of busy) {
    block(ms);
    const due = yield* beat.tick();
    seen.push(`${due.durationSince(start)}@${start.elapsed()}`);
  }
  console.log(behaviour, seen.join(" "));
}

function* body() {
  for (const behaviour of ["burst", "delay", "skip"] as const) {
    yield* take(behaviour, 0, 250, 0, 0, 0);
    yield* take(behaviour, 0, 105, 0);
    yield* take(behaviour, 0, 106, 0);
    yield* take(behaviour, 0, 200, 0, 100, 0);
    yield* take(behaviour, 50, 0, 350, 0, 0, 0);
    yield* take(behaviour, 0, 30, 99, 1, 100);
  }
}
