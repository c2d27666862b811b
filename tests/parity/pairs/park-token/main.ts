import { current, park, parkTimeout, sleep, spawn } from "std/thread";
import { Instant } from "std/time";

export function main(): void {
  const me = current();
  me.unpark();
  me.unpark();
  park();
  console.log("first park is over");
  let start = Instant.now();
  parkTimeout(20);
  console.log(`second had no token: ${start.elapsed() >= 20}`);
  spawn(() => {
    sleep(10);
    me.unpark();
  });
  start = Instant.now();
  parkTimeout(2000);
  console.log(`third came early: ${start.elapsed() < 1000}`);
  parkTimeout(0);
  me.unpark();
  parkTimeout(0);
  start = Instant.now();
  parkTimeout(10);
  console.log(`the token was taken by parkTimeout(0): ${start.elapsed() >= 10}`);
  const ended = spawn(() => {});
  const { thread } = ended;
  ended.join();
  thread.unpark();
  console.log("nothing happens to a thread that has ended");
}
