import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EngineClient, type MateRequest, type Progress, type Report, type Request } from "#worker";

type Listener = (event: { data?: Report; message?: string; preventDefault(): void }) => void;

/** Stands for the browser's worker: remembers what it was sent, says what the test lets it say. */
class FakeWorker {
  static readonly made: FakeWorker[] = [];
  readonly sent: (Request | MateRequest)[] = [];
  readonly name: string;
  terminated = false;
  readonly #listeners = new Map<string, Listener>();

  constructor(_: URL, { name }: { name: string }) {
    this.name = name;
    FakeWorker.made.push(this);
  }

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type, listener);
  }

  postMessage(request: Request | MateRequest): void {
    this.sent.push(request);
  }

  terminate(): void {
    this.terminated = true;
  }

  say(report: Report): void {
    this.#listeners.get("message")?.({ data: report, preventDefault() {} });
  }

  fail(message: string): void {
    this.#listeners.get("error")?.({ message, preventDefault() {} });
  }
}

const CHECKING: Progress = {
  phase: "checking",
  check: 2,
  checks: 6,
  title: "Waiting costs nothing",
  runs: 10,
  runsMax: 300,
  failed: 0,
  share: 0.2,
};

function newest(): FakeWorker {
  const worker = FakeWorker.made.at(-1);
  if (worker === undefined) throw new Error("no worker was made");
  return worker;
}

describe("the engine's client", () => {
  beforeEach(() => {
    FakeWorker.made.length = 0;
    vi.stubGlobal("Worker", FakeWorker);
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("makes no worker until one is wanted", () => {
    const client = new EngineClient();
    expect(FakeWorker.made).toHaveLength(0);
    client.warm();
    expect(FakeWorker.made).toHaveLength(1);
  });

  it("answers a job with the worker's reply", async () => {
    const reply = new EngineClient().run({ "demo.ts": "" });
    newest().say({ type: "done", job: 1, reply: { kind: "diagnostics", diagnostics: [] } });
    expect(await reply).toEqual({ kind: "diagnostics", diagnostics: [] });
    expect(newest().terminated).toBe(false);
  });

  it("runs the demo under the default schedule unless told otherwise", () => {
    const [client, other] = [new EngineClient(), new EngineClient()];
    void client.run({});
    expect(newest().sent).toEqual([{ type: "run", job: 1, files: {}, how: { entry: "demo" } }]);
    void other.run({}, { how: { entry: "main", seed: 7 } });
    expect(newest().sent).toEqual([{ type: "run", job: 1, files: {}, how: { entry: "main", seed: 7 } }]);
  });

  it("keeps the worker that answers a stop", async () => {
    const client = new EngineClient();
    const reply = client.run({});
    client.stop();
    expect(newest().sent.at(-1)).toEqual({ type: "stop", job: 1 });
    newest().say({ type: "done", job: 1, reply: { kind: "stopped" } });
    vi.advanceTimersByTime(1_000);
    expect(await reply).toEqual({ kind: "stopped" });
    expect(newest().terminated).toBe(false);
  });

  it("replaces a worker that has not answered a stop after 150 ms", async () => {
    const client = new EngineClient();
    const reply = client.run({});
    client.stop();
    vi.advanceTimersByTime(149);
    expect(newest().terminated).toBe(false);
    vi.advanceTimersByTime(1);
    expect(await reply).toEqual({ kind: "stopped" });
    expect(newest().terminated).toBe(true);
    void client.run({});
    expect(FakeWorker.made).toHaveLength(2);
  });

  it("replaces a worker that is silent for ten seconds, and says where it was last heard of", async () => {
    const client = new EngineClient();
    const reply = client.run({});
    newest().say({ type: "progress", job: 1, progress: CHECKING });
    vi.advanceTimersByTime(9_000);
    newest().say({ type: "alive", job: 1 });
    vi.advanceTimersByTime(9_500);
    expect(newest().terminated).toBe(false);
    vi.advanceTimersByTime(1_000);
    expect(await reply).toEqual({ kind: "overran", during: CHECKING });
    expect(newest().terminated).toBe(true);
  });

  it("calls a worker that never says a word broken, which is our fault", async () => {
    const reply = new EngineClient().run({});
    vi.advanceTimersByTime(46_000);
    expect(await reply).toEqual({ kind: "broken", message: "The engine did not start." });
  });

  it("calls a worker that fails to load broken, and makes another for the next job", async () => {
    const client = new EngineClient();
    const reply = client.run({});
    newest().fail("Failed to fetch");
    expect(await reply).toEqual({ kind: "broken", message: "Failed to fetch" });
    void client.run({});
    expect(FakeWorker.made).toHaveLength(2);
  });

  it("does not hear a worker's last words about a job that is over", async () => {
    const client = new EngineClient();
    const first = client.run({});
    newest().say({ type: "done", job: 1, reply: { kind: "stopped" } });
    await first;
    const seen: Progress[] = [];
    const second = client.run({}, { onProgress: (progress) => seen.push(progress) });
    newest().say({ type: "progress", job: 1, progress: CHECKING });
    newest().say({ type: "done", job: 2, reply: { kind: "stopped" } });
    await second;
    expect(seen).toEqual([{ phase: "loading" }]);
  });
});

describe("the engine's crew", () => {
  const crew = { type: "crew", job: 1, assets: { wasm: undefined as never, guest: "" } } as const;
  const mates = (): FakeWorker[] => FakeWorker.made.filter(({ name }) => name === "mate");

  beforeEach(() => {
    FakeWorker.made.length = 0;
    vi.stubGlobal("Worker", FakeWorker);
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  /** A client on a machine with so many cores, whose engine's worker has asked for a crew. */
  function ask(hardwareConcurrency: number): {
    client: EngineClient;
    engine: FakeWorker;
    reply: Promise<unknown>;
  } {
    vi.stubGlobal("navigator", { hardwareConcurrency });
    const client = new EngineClient();
    const reply = client.run({});
    const engine = newest();
    engine.say({ type: "progress", job: 1, progress: CHECKING });
    engine.say(crew);
    return { client, engine, reply };
  }

  it.each([
    [1, 0],
    [2, 0],
    [3, 1],
    [8, 6],
    [64, 7],
  ])(
    "on %i cores has %i mates: one core is the page's, one the engine's, and there is an end",
    (cores, count) => {
      const { engine } = ask(cores);
      expect(mates()).toHaveLength(count);
      expect(engine.sent.filter((message) => "type" in message && message.type === "mate")).toHaveLength(
        count,
      );
      engine.say(crew);
      expect(mates()).toHaveLength(count);
    },
  );

  it("has a line from each mate to the engine's worker", async () => {
    vi.useRealTimers();
    const { engine } = ask(3);
    const [own] = mates()[0]?.sent ?? [];
    const theirs = engine.sent.at(-1);
    if (own === undefined || !("assets" in own) || theirs === undefined || !("port" in theirs))
      throw new Error("no line was laid");
    const heard = new Promise((resolve) =>
      theirs.port.addEventListener("message", ({ data }) => resolve(data)),
    );
    theirs.port.start();
    own.port.postMessage("hello");
    expect(await heard).toBe("hello");
    own.port.close();
  });

  it("ends with the engine's worker", async () => {
    const { client, reply } = ask(4);
    client.stop();
    vi.advanceTimersByTime(150);
    expect(await reply).toEqual({ kind: "stopped" });
    expect(FakeWorker.made.map(({ terminated }) => terminated)).toEqual([true, true, true]);
  });

  it("loses a mate that fails, and the engine is told", () => {
    const { engine } = ask(4);
    mates()[1]?.fail("out of memory");
    expect(mates().map(({ terminated }) => terminated)).toEqual([false, true]);
    expect(engine.sent.at(-1)).toEqual({ type: "lost", mate: 2 });
    expect(engine.terminated).toBe(false);
    engine.say(crew);
    expect(mates()).toHaveLength(3);
  });

  it("loses a mate that the engine dismisses, also when the job is over", () => {
    const { engine } = ask(3);
    engine.say({ type: "done", job: 1, reply: { kind: "stopped" } });
    engine.say({ type: "dismiss", job: 1, mate: 1 });
    expect(mates()[0]?.terminated).toBe(true);
  });

  it("with a mate that is stuck is ended like a worker that is, and the check is named", async () => {
    const { engine, reply } = ask(3);
    engine.say({ type: "stuck", job: 1, check: 4, title: "Slow" });
    expect(await reply).toEqual({
      kind: "overran",
      during: { ...CHECKING, check: 4, title: "Slow", runs: 0 },
    });
    expect(FakeWorker.made.map(({ terminated }) => terminated)).toEqual([true, true]);
  });
});
