import { type Async, blockOn, join, selectBiased } from "rt";
import { sleep } from "rt/time";

export function main(): void {
  blockOn(body());
}

function noted(name: string): Disposable {
  return { [Symbol.dispose]: () => console.log(`drop ${name}`) };
}

function* inner(name: string): Async<void> {
  using _one = noted(`${name} inner`);
  yield* sleep(50);
}

function* outer(name: string): Async<void> {
  using _first = noted(`${name} first`);
  {
    using _block = noted(`${name} block`);
    yield* sleep(1);
  }
  using _second = noted(`${name} second`);
  yield* inner(name);
}

function* body(): Async<void> {
  const won = yield* selectBiased({ both: join(outer("a"), outer("b")), late: sleep(10) });
  console.log(won.branch);
  const unused = outer("never polled");
  unused.drop();
  yield* outer("whole");
  console.log("end");
}
