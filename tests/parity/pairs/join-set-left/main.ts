import { type Async, blockOn } from "rt";
import { JoinSet } from "rt/task";
import { sleep } from "rt/time";

export function main(): void {
  blockOn(body());
}

function* body(): Async<void> {
  const start = (): void => {
    const set = new JoinSet<void>();
    set.spawn(
      (function* () {
        yield* sleep(5);
        console.log("the task runs on");
      })(),
    );
  };
  start();
  yield* sleep(10);
  console.log("end");
}
