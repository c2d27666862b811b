import { panic } from "std/assert";
import { scope, sleep } from "std/thread";

function caught(body: () => unknown): string {
  try {
    return `returned ${body()}`;
  } catch (error) {
    return `panicked: ${(error as Error).message.replace(/ \(.*/, "")}`;
  }
}

export function main(): void {
  const quiet = scope((s) => {
    s.spawn(() => {
      sleep(10);
      console.log("the thread ends before its scope");
    });
    return 1;
  });
  console.log(`returned ${quiet}`);
  console.log(
    caught(() =>
      scope((s) => {
        s.spawn(() => panic("unseen"));
        return 2;
      }),
    ),
  );
  console.log(
    caught(() =>
      scope((s) => {
        const thread = s.spawn(() => panic("seen"));
        try {
          thread.join();
        } catch {
          return 3;
        }
        return 4;
      }),
    ),
  );
  console.log(
    caught(() =>
      scope((s) => {
        s.spawn(() => {
          sleep(10);
          console.log("it goes on after the body's panic");
        });
        panic("body");
      }),
    ),
  );
  console.log(
    caught(() =>
      scope((s) => {
        s.spawn(() => panic("thread"));
        panic("body");
      }),
    ),
  );
}
