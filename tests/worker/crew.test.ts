import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { serveMate, type Assignment, type Work } from "#explorer";
import { WorkerCrew } from "../../src/worker/crew.ts";

/** Both ends of a line that delivers at once. */
class FakePort {
  other: FakePort | undefined;
  hear: ((event: { data: unknown }) => void) | undefined;
  postMessage(data: unknown): void {
    this.other?.hear?.({ data });
  }
  addEventListener(_: string, hear: (event: { data: unknown }) => void): void {
    this.hear = hear;
  }
  start(): void {}
}

/** A crew with one mate; `said` is what a worker would be sent by the page. */
function createCrew(): { crew: WorkerCrew; asked: string[]; far: FakePort } {
  const asked: string[] = [];
  const crew = new WorkerCrew({
    recruit: () => asked.push("recruit"),
    dismiss: (mate) => asked.push(`dismiss ${mate}`),
  });
  const [near, far] = [new FakePort(), new FakePort()];
  near.other = far;
  far.other = near;
  crew.join(1, near as unknown as MessagePort);
  far.postMessage({ type: "ready" });
  return { crew, asked, far };
}

function assign(isAwaited: boolean): Assignment {
  const program = { code: "", hash: "", sites: [], hidden: [], mappings: [], sources: [] };
  const options = {
    entry: { kind: "main" },
    programHash: "",
    strategy: "random",
    seed: 1,
    runsMax: 1,
    callsMax: 1,
  } as const;
  const part = { kind: "systematic" } as const;
  return { program, job: 2, title: "Slow", options, part, isAwaited: () => isAwaited };
}

function start(crew: WorkerCrew, isAwaited: boolean): Work {
  const [mate] = crew.idle();
  if (mate === undefined) throw new Error("nobody is idle");
  return mate.run(assign(isAwaited));
}

describe("the crew of the engine's worker", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is asked for once, when somebody is wanted", () => {
    const { crew, asked } = createCrew();
    expect(asked).toEqual([]);
    expect(crew.idle()).toHaveLength(1);
    expect(crew.idle()).toHaveLength(1);
    expect(asked).toEqual(["recruit"]);
  });

  it("names the search that waits for a mate which has been silent for ten seconds", () => {
    const { crew, far } = createCrew();
    start(crew, true);
    for (let i = 0; i < 19; i++) expect(crew.tick()).toBeUndefined();
    far.postMessage({ type: "records", id: 1, records: [] });
    for (let i = 0; i < 19; i++) expect(crew.tick()).toBeUndefined();
    expect(crew.tick()).toMatchObject({ job: 2, title: "Slow" });
  });

  it("says nothing of a silent mate whose part nobody may need", () => {
    const { crew } = createCrew();
    start(crew, false);
    for (let i = 0; i < 100; i++) expect(crew.tick()).toBeUndefined();
  });

  it("ends a mate that does not let go of a cancelled part within 150 ms, and asks for another", () => {
    const { crew, asked } = createCrew();
    start(crew, true).cancel();
    crew.release();
    vi.advanceTimersByTime(149);
    expect(asked).toEqual(["recruit"]);
    vi.advanceTimersByTime(1);
    expect(asked).toEqual(["recruit", "dismiss 1"]);
    expect(crew.idle()).toEqual([]);
    expect(asked).toEqual(["recruit", "dismiss 1", "recruit"]);
  });

  it("keeps a mate that lets go", () => {
    const { crew, asked, far } = createCrew();
    start(crew, true).cancel();
    crew.release();
    far.postMessage({ type: "done", id: 1 });
    vi.advanceTimersByTime(1_000);
    expect(asked).toEqual(["recruit"]);
    expect(crew.idle()).toHaveLength(1);
  });

  it("hands the work of a mate whose worker has ended back", async () => {
    const { crew } = createCrew();
    const work = start(crew, true)[Symbol.asyncIterator]();
    crew.lose(1);
    await expect(work.next()).rejects.toThrow("the work is lost");
  });
});

it("a mate tells of a fault instead of ending", () => {
  const [near, far] = [new FakePort(), new FakePort()];
  near.other = far;
  far.other = near;
  const heard: unknown[] = [];
  near.addEventListener("message", ({ data }) => heard.push(data));
  serveMate(
    {
      post: (message) => far.postMessage(message),
      listen: (hear) => far.addEventListener("", ({ data }) => hear(data)),
    },
    { load: () => ({ run: () => ({}) as never }), rest: () => Promise.resolve() },
  );
  near.postMessage({ type: "run", id: 1, program: 7, options: {}, part: { kind: "systematic" } });
  return vi.waitFor(() =>
    expect(heard).toEqual([{ type: "ready" }, { type: "failed", id: 1, message: "there is no program 7" }]),
  );
});
