import { type Async, blockOn, selectBiased } from "rt";
import { sleep } from "rt/time";

export function main(): void {
  blockOn(body());
}

function* work(name: string, ms: number): Async<string> {
  let end = "dropped";
  try {
    console.log(`${name} begins`);
    yield* sleep(ms);
    end = "done";
    return name;
  } finally {
    console.log(`${name} ${end}`);
  }
}

function* body() {
  const won = yield* selectBiased({ a: work("a", 30), b: work("b", 10), c: work("c", 20) });
  console.log(`handler of ${won.value}`);
  const tie = yield* selectBiased({ a: work("a", 10), b: work("b", 5), c: work("c", 5), d: work("d", 1) });
  console.log(`handler of ${tie.value}`);
  const first = yield* selectBiased({ now: work("now", 0), never: work("never", 5) });
  console.log(`handler of ${first.value}`);
  const off = yield* selectBiased({ a: false, b: work("b", 1) });
  console.log(`handler of ${off.value}`);
  try {
    yield* selectBiased({ a: false, b: null });
  } catch {
    console.log("no branch takes part: panic");
  }
}
