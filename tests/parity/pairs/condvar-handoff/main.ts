import { Condvar, Mutex } from "std/sync";
import { spawn } from "std/thread";

export function main(): void {
  const turn = new Mutex({ turn: 0, words: [] as string[] });
  const changed = new Condvar();
  const threads = [0, 1, 2].map((me) =>
    spawn(() => {
      for (let round = 0; round < 2; round++) {
        using guard = turn.lock();
        changed.waitWhile(guard, (state) => state.turn % 3 !== me);
        guard.value.words.push(`${round}${me}`);
        guard.value.turn += 1;
        changed.notifyAll();
      }
    }),
  );
  for (const thread of threads) thread.join();
  using guard = turn.lock();
  console.log(guard.value.words.join(" "));
}
