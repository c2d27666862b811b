import type { Result } from "std/sync";
import { sleep } from "std/thread";
import { Instant } from "std/time";
import { type StopSignal, withTimeout } from "./main";

// Yours to change. "Run" runs this file; "Check" does not look at it.

function quick(): string {
  sleep(300);
  return "12 rows";
}

/** Fetches page after page, and asks between two pages whether anybody still wants them. */
function polite(stop: StopSignal): string {
  for (let page = 1; page <= 5; page += 1) {
    if (stop.wait(400)) {
      console.log(`polite: told to stop while fetching page ${page}`);
      return `${page - 1} pages`;
    }
    console.log(`polite: page ${page}`);
  }
  return "5 pages";
}

/** Never looks at its signal. */
function stubborn(): string {
  sleep(1_350);
  console.log("stubborn: finished, and nobody is listening");
  return "too late";
}

function broken(): string {
  sleep(50);
  throw new RangeError("no row 17");
}

function report(name: string, job: (stop: StopSignal) => string): void {
  const began = Instant.now();
  try {
    const result: Result<string, "timeout"> = withTimeout(job, 1_000);
    console.log(`${name} after ${began.elapsed()} ms: ${result.ok ? result.value : result.error}`);
  } catch (error) {
    console.log(`${name} after ${began.elapsed()} ms: panic, ${String(error)}`);
  }
}

report("quick", quick);
report("polite", polite);
report("broken", broken);
report("stubborn", stubborn);
