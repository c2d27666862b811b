import { type Async, blockOn, join, yieldNow } from "rt";

export function main(): void {
  blockOn(body());
}

function* step(name: string, log: string[], times: number): Async<string> {
  for (let i = 0; i < times; i++) {
    log.push(`${name}${i}`);
    yield* yieldNow();
  }
  log.push(`${name}!`);
  return name;
}

function* body() {
  const two: string[] = [];
  const pair = yield* join(step("a", two, 3), step("b", two, 3));
  console.log(two.join(" "), pair.join(""));
  const three: string[] = [];
  const all = yield* join(step("a", three, 2), step("b", three, 4), step("c", three, 3));
  console.log(three.join(" "), all.join(""));
}
