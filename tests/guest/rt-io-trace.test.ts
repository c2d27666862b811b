import { expect, it } from "vitest";
import { describeSteps, describeTimeline } from "#machine";
import { fifo, load } from "../engine.ts";
import { ioProgram } from "./rt-io-table.ts";

/** What every task does, as steps tell it; and of each message's arrow what was written and what read it. */
async function record(body: string): Promise<{ told: string[]; arrows: string[][] }> {
  const loaded = await load(ioProgram(body));
  const result = loaded.run({ entry: { kind: "main" }, chooser: fifo, record: true });
  expect(result.outcome).toMatchObject({ kind: "passed", message: "" });
  const steps = describeSteps(result, loaded.program);
  const { arrows, columns } = describeTimeline(result, loaded.program);
  return {
    told: steps.flatMap(({ actor, text }) => text.split("; ").map((phrase) => `${actor} ${phrase}`)),
    arrows: arrows
      .filter(({ kind }) => kind === "message")
      .map(({ fromColumn, toColumn }) =>
        [fromColumn, toColumn].map((column) => steps[columns[column]?.step ?? 0]?.actor ?? ""),
      ),
  };
}

it("steps tell what tasks wait for and do with connections, and arrows lead from a write to the read", async () => {
  const { told, arrows } = await record(`
    using listener = must(AsyncTcpListener.bind(80));
    function* client(): Async<void> { using s = must(yield* AsyncTcpStream.connect(80)); yield* s.writeAll("hi"); yield* s.read(9); }
    task(client(), { name: "client" });
    using stream = must(yield* listener.accept());
    yield* stream.readable();
    yield* stream.writeAll(must(stream.tryRead(9)));
    yield* timeout(0.01, stream.read(9));`);
  expect(told).toEqual([
    "main listens on port 80",
    "main starts client",
    "main waits for a connection to the listener at port 80",
    "client asks for a connection to port 80",
    "client waits for the connection to port 80",
    "main accepts a connection to the listener at port 80",
    "main waits until the connection from port 49152 is ready",
    "client is connected",
    'client writes "hi" on the connection to port 80, there at 0.3 ms',
    "client waits for bytes on the connection to port 80",
    "main finds the connection from port 49152 ready",
    'main reads "hi" from the connection from port 49152',
    'main writes "hi" on the connection from port 49152, there at 0.4 ms',
    "main waits for bytes on the connection from port 49152 or sleeps until 0.31 ms",
    "main has slept",
    "main no longer waits for bytes on the connection from port 49152",
    "main closes the connection from port 49152",
    "main closes the listener at port 80",
    'client reads "hi" from the connection to port 80',
    "client closes the connection to port 80",
    "client ends",
  ]);
  expect(arrows).toEqual([
    ["client", "main"],
    ["main", "client"],
  ]);
});

it("steps tell what tasks do with files, and what was given up", async () => {
  const { told } = await record(`
    const log = must(yield* AsyncFile.append("log"));
    yield* log.writeAll("line");
    yield* timeout(1, log.sync());
    yield* log.seek(0);
    yield* log.read(9);
    log.close();
    yield* exists("log");
    yield* rename("log", "old");`);
  expect(told).toEqual([
    "main begins to open a file",
    'main opens "log"',
    "main begins to write to `log`",
    'main writes "line" to `log`',
    "main begins to sync `log` or sleeps until 1.11 ms",
    "main has slept",
    "main no longer waits to sync `log`",
    "main moves to byte 0 of `log`",
    "main begins to read `log`",
    'main reads "line" from `log`',
    'main closes "log"',
    "main begins to look for a file",
    "main finds that a file exists",
    "main begins to rename a file",
    'main renames "log" to "old"',
  ]);
});

it("a task that waits for a socket to be ready for ever is told with what it waits for", async () => {
  const loaded = await load(ioProgram(`const [c, s] = yield* both(); yield* c.readable(); s.close();`));
  const { outcome } = loaded.run({ entry: { kind: "main" }, chooser: fifo });
  expect(outcome).toMatchObject({
    kind: "deadlock",
    message: "main waits until the connection to port 9 is readable. Nobody can go on.",
  });
});
