import { type Async, blockOn, select } from "rt";

export function main(): void {
  blockOn(body());
}

function* ready(value: string): Async<string> {
  return value;
}

function* body() {
  const seen = [];
  for (let i = 0; i < 2; i++) {
    const won = yield* select({ a: ready("a"), b: ready("b"), c: ready("c") });
    seen.push(won.value);
  }
  console.log(seen.join(""));
}
