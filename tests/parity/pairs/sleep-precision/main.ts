import { blockOn } from "rt";
import { Instant, sleep } from "rt/time";

export function main(): void {
  const start = Instant.now();
  blockOn(sleep(0.25));
  console.log(`${start.elapsed() * 1000} us`);
}
