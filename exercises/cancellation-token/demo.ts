import { sleep, spawn } from "std/thread";
import { CancelToken } from "./main";

// Yours to change. "Run" runs this file; "Check" does not look at it.

/** A crawl of one site: a page every 120 ms, until somebody says stop. */
function crawl(site: string, stop: CancelToken): void {
  for (let page = 1; page <= 8; page += 1) {
    if (stop.wait(120)) {
      console.log(`${site}: told to stop after ${page - 1} pages`);
      return;
    }
  }
  console.log(`${site}: all 8 pages`);
}

const everything = new CancelToken();
const crawls = ["apples", "bananas", "cherries"].map((site) => {
  const stop = everything.child();
  const thread = spawn(() => crawl(site, stop), { name: site });
  return { stop, thread };
});

sleep(300);
console.log("cancel apples only");
crawls[0]?.stop.cancel();
sleep(300);
console.log("cancel everything");
everything.cancel();
const late = everything.child();
console.log(`a child made now is ${late.isCancelled() ? "cancelled already" : "alive"}`);
for (const { thread } of crawls) thread.join();
console.log("all threads have ended");
