import { blockOn, spawn } from "rt";
import { type Sender, channel } from "rt/sync";

export function main(): void {
  blockOn(body());
}

function* never(own: Sender<number>) {
  try {
    console.log("it runs");
    yield* own.send(1);
  } finally {
    console.log("it cleans up");
  }
}

function* body() {
  const [tx, rx] = channel<number>(1);
  const task = spawn(never(tx));
  console.log(task.isFinished());
  task.abort();
  console.log(task.isFinished());
  const end = yield* task;
  console.log(end.ok ? "ended" : end.error);
  const got = yield* rx.recv();
  console.log(got.ok ? got.value : got.error);
}
