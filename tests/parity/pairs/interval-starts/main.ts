import { blockOn, selectBiased } from "rt";
import { Instant, interval, intervalAt, sleep, timeout } from "rt/time";

export function main(): void {
  blockOn(body());
}

function* body() {
  const start = Instant.now();
  const at = (): number => start.elapsed();
  const later = intervalAt(start.add(30), 10);
  yield* later.tick();
  yield* later.tick();
  console.log(`later: ${at()}`);
  const past = intervalAt(start, 25);
  const due = [];
  for (let i = 0; i < 3; i++) due.push((yield* past.tick()).durationSince(start));
  console.log(`past: ${due.join(" ")} at ${at()}`);
  const beat = interval(100);
  yield* beat.tick();
  yield* sleep(30);
  beat.reset();
  yield* beat.tick();
  console.log(`reset: ${at()}`);
  for (let i = 0; i < 5; i++) yield* selectBiased({ tick: beat.tick(), nap: sleep(15) });
  yield* beat.tick();
  console.log(`lost five times: ${at()}`);
  const cut = yield* timeout(100, beat.tick());
  console.log(`at the very instant: ${cut.ok ? "tick" : cut.error} ${at()}`);
}
