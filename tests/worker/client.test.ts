import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  EngineClient,
  type CheckBundle,
  type LostRun,
  type MateRequest,
  type Progress,
  type Report,
  type Request,
} from "#worker";

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

beforeEach(() => {
  FakeWorker.made.length = 0;
  vi.stubGlobal("Worker", FakeWorker);
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the engine's client", () => {
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

  it("asks for the schedule of an earlier failure to be followed, and can be stopped meanwhile", async () => {
    const client = new EngineClient();
    const failure = { kind: "panic", thread: 0, message: "lost" } as const;
    const earlier = { check: "exact", schedule: "il2.0a1b2c3d.AM6DAg", failure };
    const exercise = {} as Parameters<typeof client.check>[0];
    const reply = client.follow(exercise, { "main.ts": "" }, { earlier });
    expect(newest().sent).toEqual([{ type: "follow", job: 1, exercise, files: { "main.ts": "" }, earlier }]);
    client.stop();
    newest().say({ type: "done", job: 1, reply: { kind: "stopped" } });
    expect(await reply).toEqual({ kind: "stopped" });
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

describe("a study, which nobody waits for", () => {
  const BUNDLE = { slug: "any" } as CheckBundle;
  const FAILURE = { check: "deadline", schedule: "il2.0" };
  const LOST = { sentence: "Lost." } as LostRun;

  /** A client whose worker has begun to study a failing run. */
  function begin(): { client: EngineClient; engine: FakeWorker; lost: Promise<LostRun | null | undefined> } {
    const client = new EngineClient();
    const lost = client.study(BUNDLE, { "main.ts": "" }, FAILURE);
    const engine = newest();
    engine.say({ type: "alive", job: 1 });
    return { client, engine, lost };
  }

  it("is answered by the worker", async () => {
    const { engine, lost } = begin();
    expect(engine.sent).toEqual([
      { type: "study", job: 1, exercise: BUNDLE, files: { "main.ts": "" }, failure: FAILURE },
    ]);
    engine.say({ type: "done", job: 1, reply: { kind: "studied", lost: LOST } });
    expect(await lost).toBe(LOST);
  });

  it("gives way at once to what the learner asks for", async () => {
    const { client, engine, lost } = begin();
    const reply = client.run({});
    expect(engine.sent.slice(1)).toEqual([
      { type: "stop", job: 1 },
      { type: "run", job: 2, files: {}, how: { entry: "demo" } },
    ]);
    expect(await lost).toBeUndefined();
    engine.say({ type: "alive", job: 2 });
    engine.say({ type: "done", job: 1, reply: { kind: "stopped" } });
    vi.advanceTimersByTime(2_000);
    engine.say({ type: "done", job: 2, reply: { kind: "diagnostics", diagnostics: [] } });
    expect(await reply).toEqual({ kind: "diagnostics", diagnostics: [] });
    expect(engine.terminated).toBe(false);
  });

  it("that keeps the worker for half a second more loses it, and the learner's job is done by another", async () => {
    const { client, engine, lost } = begin();
    const reply = client.check(BUNDLE, {});
    expect(await lost).toBeUndefined();
    vi.advanceTimersByTime(499);
    expect(engine.terminated).toBe(false);
    vi.advanceTimersByTime(1);
    expect(engine.terminated).toBe(true);
    expect(newest()).not.toBe(engine);
    expect(newest().sent).toEqual([{ type: "check", job: 2, exercise: BUNDLE, files: {} }]);
    newest().say({ type: "done", job: 2, reply: { kind: "stopped" } });
    expect(await reply).toEqual({ kind: "stopped" });
  });

  it("that was stopped and is stuck does not keep a later job either", async () => {
    const { client, engine, lost } = begin();
    client.stop();
    expect(engine.sent.at(-1)).toEqual({ type: "stop", job: 1 });
    expect(await lost).toBeUndefined();
    vi.advanceTimersByTime(200);
    expect(engine.terminated).toBe(false);
    void client.run({});
    vi.advanceTimersByTime(500);
    expect(engine.terminated).toBe(true);
    expect(newest().sent).toEqual([{ type: "run", job: 2, files: {}, how: { entry: "demo" } }]);
  });

  it("comes to nothing where the worker fails or falls silent, and nobody hears of it", async () => {
    const failing = begin();
    failing.engine.fail("out of memory");
    expect(await failing.lost).toBeNull();
    const silent = begin();
    vi.advanceTimersByTime(11_000);
    expect(await silent.lost).toBeNull();
    expect(silent.engine.terminated).toBe(true);
  });

  it("does not begin while the worker is busy", async () => {
    const client = new EngineClient();
    void client.run({});
    expect(await client.study(BUNDLE, {}, FAILURE)).toBeUndefined();
    expect(newest().sent).toHaveLength(1);
  });
});

describe("the engine's crew", () => {
  const crew = { type: "crew", job: 1, assets: { wasm: undefined as never, guest: "" } } as const;
  const mates = (): FakeWorker[] => FakeWorker.made.filter(({ name }) => name === "mate");

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
