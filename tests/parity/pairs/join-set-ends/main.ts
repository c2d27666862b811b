import { type Async, blockOn } from "rt";
import { JoinSet } from "rt/task";
import { Instant, sleep } from "rt/time";

export function main(): void {
  blockOn(body());
}

const start = Instant.now();

function* work(name: string, ms: number): Async<void> {
  let end = "dropped";
  try {
    yield* sleep(ms);
    end = "done";
  } finally {
    console.log(`${name} ${end} at ${start.elapsed()}`);
  }
}

function* body(): Async<void> {
  {
    using set = new JoinSet<void>();
    set.spawn(work("slow", 50));
    set.spawn(work("quick", 5));
    yield* sleep(10);
    set.spawn(work("never polled", 5));
  }
  console.log("the block is over");
  yield* sleep(100);
  console.log(`end at ${start.elapsed()}`);
}
