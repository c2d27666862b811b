import { type Async, blockOn, type Future } from "rt";
import { sleep } from "rt/time";
import { Instant } from "std/time";
import { timeout } from "./main";

// Yours to change. "Run" runs this file; "Check" does not look at it.

/** Fetches page after page, and knows nothing of time limits. */
function* pages(count: number): Async<string> {
  let done = 0;
  try {
    while (done < count) {
      yield* sleep(300);
      done += 1;
      console.log(`page ${done}`);
    }
    return `${count} pages`;
  } finally {
    if (done < count) console.log(`given up after ${done} of ${count} pages`);
  }
}

function* report<T>(name: string, future: Future<T>): Async<void> {
  const began = Instant.now();
  const result = yield* timeout(1_000, future);
  console.log(
    `${name} after ${began.elapsed()} ms: ${result.ok ? JSON.stringify(result.value) : result.error}`,
  );
}

blockOn(report("two pages", pages(2)));
blockOn(report("five pages", pages(5)));
// A timeout is a future like any other.
blockOn(report("a timeout", timeout(150, pages(1))));
