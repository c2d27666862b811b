import { expect, it } from "vitest";
import type { Flight } from "#abi";
import { describeSteps, describeTimeline } from "#machine";
import { fifo, load } from "../engine.ts";
import { netProgram } from "./net-table.ts";

const PROGRAM = netProgram(`
  const listener = must(TcpListener.bind(80));
  const client = spawn(() => {
    const stream = must(TcpStream.connect(80));
    must(stream.writeAll("hello\\n"));
    console.log(must(stream.read(9)).length);
  }, { name: "client" });
  const stream = must(listener.accept());
  must(stream.read(4));
  must(stream.read(99));
  stream.shutdown("write");
  client.join();
  stream.close();
`);

/** Every phrase of every step, and of each message's arrow the steps that it leads from and to. */
async function record(
  program: string = PROGRAM,
): Promise<{ told: string[]; flights: readonly Flight[]; arrows: string[][] }> {
  const loaded = await load(program);
  const result = loaded.run({ entry: { kind: "main" }, chooser: fifo, record: true });
  expect(result.outcome).toMatchObject({ kind: "passed", message: "" });
  const steps = describeSteps(result, loaded.program);
  const { arrows, columns } = describeTimeline(result, loaded.program);
  return {
    told: steps.flatMap(({ actor, text }) => text.split("; ").map((phrase) => `${actor} ${phrase}`)),
    flights: result.trace?.flights ?? [],
    arrows: arrows
      .filter(({ kind }) => kind === "message")
      .map(({ fromColumn, toColumn }) =>
        [fromColumn, toColumn].map((column) => steps[columns[column]?.step ?? 0]?.text ?? ""),
      ),
  };
}

it("steps tell connections and readable bytes, with the instant at which they arrive", async () => {
  const { told } = await record();
  expect(told).toEqual([
    "main listens on port 80",
    "main starts client",
    "main waits for a connection to the listener at port 80",
    "client asks for a connection to port 80",
    "client waits for the connection to port 80",
    "main accepts a connection to the listener at port 80",
    "main waits for bytes on the connection from port 49152",
    "client is connected",
    'client writes "hello\\n" on the connection to port 80, there at 0.3 ms',
    "client waits for bytes on the connection to port 80",
    'main reads "hell" from the connection from port 49152',
    'main reads "o\\n" from the connection from port 49152',
    "main shuts down writing on the connection from port 49152",
    "main waits for client to end",
    "client finds the end of the connection to port 80",
    "client prints “0”",
    "client ends",
    "main joins client",
    "main closes the connection from port 49152",
  ]);
});

it("bytes in flight are told from the write to the reads that got them", async () => {
  const { flights, arrows } = await record();
  expect(flights).toMatchObject([{ bytes: "hello\n", sentNs: 200_000, arrivesNs: 300_000 }]);
  expect(flights[0]?.readAfter).toHaveLength(2);
  const sent = expect.stringContaining('writes "hello');
  expect(arrows).toEqual([
    [sent, expect.stringContaining('reads "hell"')],
    [sent, expect.stringContaining('reads "o')],
  ]);
});

it("bytes of a scripted peer come from no step, whatever the program writes meanwhile", async () => {
  const { flights, arrows } = await record(
    netProgram(`
  const listener = must(TcpListener.bind(80));
  connectPeer(80, [{ atMs: 1, send: "from afar" }]);
  const stream = must(listener.accept());
  const [here, there] = pair();
  const reader = spawn(() => void must(stream.read(99)));
  sleep(1);
  must(here.write("meanwhile"));
  reader.join();
  there.close();
`),
  );
  expect(flights.map(({ bytes }) => bytes)).toEqual(["from afar", "meanwhile"]);
  expect(flights[0]?.readAfter).toHaveLength(1);
  expect(arrows).toEqual([]);
});
