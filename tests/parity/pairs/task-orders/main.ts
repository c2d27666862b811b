import { type Async, blockOn, spawn, yieldNow } from "rt";

export function main(): void {
  blockOn(body());
}

function* body() {
  const log: string[] = [];
  const step = function* (name: string): Async<void> {
    log.push(`${name}1`);
    yield* yieldNow();
    log.push(`${name}2`);
  };
  const a = spawn(step("a"));
  const b = spawn(step("b"));
  log.push("spawned");
  yield* a;
  yield* b;
  console.log(log.join(" "));
}
