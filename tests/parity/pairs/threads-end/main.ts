import { panic } from "std/assert";
import { channel } from "std/sync";
import { current, sleep, spawn } from "std/thread";

export function main(): void {
  console.log(current().name);
  const [tx, rx] = channel<number>();
  const worker = spawn(
    () => {
      tx.send(1);
      sleep(5);
      panic(`${current().name} gives up`);
    },
    { name: "worker" },
  );
  console.log(worker.thread.name);
  for (const value of rx) console.log(value);
  console.log("its sender went with it");
  try {
    worker.join();
  } catch (error) {
    console.log((error as Error).message);
  }
  const calm = spawn(() => ({ list: [1, 2], text: "three" }));
  const { list, text } = calm.join();
  console.log(list.length, text);
  const [go, gone] = channel<string>();
  const detached = spawn(() => {
    gone.recv();
  });
  console.log(detached.isFinished());
  go.drop();
  while (!detached.isFinished()) sleep(1);
  console.log(detached.isFinished());
}
