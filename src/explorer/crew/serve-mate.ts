import type { Program } from "#compile";
import type { MateOrder, MateReport } from "./mate-protocol.ts";
import { runPart, type RunRecord } from "../part.ts";
import type { Port } from "./port.ts";
import type { Runnable } from "../runnable.ts";

/** Kernel calls between two looks at the messages: some hundredth of a second. */
const BATCH_CALLS = 1_000;

/** What a mate can do; `rest` lets waiting messages in. */
export interface MateSkills {
  load(program: Program): Runnable;
  rest(): Promise<void>;
}

/** The mate's side of {@link RemoteMate}: says that it is ready, then runs what it is told, one part at a time. */
export function serveMate(port: Port, { load, rest }: MateSkills): void {
  const programs = new Map<number, Program>();
  const loaded = new Map<number, Runnable>();
  let cancelled = 0;
  const send = (report: MateReport): void => port.post(report);

  function reach(number: number): Runnable {
    const program = programs.get(number);
    if (program === undefined) throw new RangeError(`there is no program ${number}`);
    const runnable = loaded.get(number) ?? load(program);
    loaded.set(number, runnable);
    return runnable;
  }

  async function work({ id, program, options, part }: Extract<MateOrder, { type: "run" }>): Promise<void> {
    const runnable = reach(program);
    let records: RunRecord[] = [];
    let calls = 0;
    for (const record of runPart(runnable, options, part)) {
      records.push(record);
      calls += record.calls;
      if (calls < BATCH_CALLS) continue;
      send({ type: "records", id, records });
      records = [];
      calls = 0;
      await rest();
      if (cancelled === id) return;
    }
    send({ type: "records", id, records });
  }

  function answer(order: Extract<MateOrder, { type: "run" }>): void {
    const { id } = order;
    const fail = (error: unknown): void =>
      send({ type: "failed", id, message: error instanceof Error ? error.message : String(error) });
    work(order).then(() => send({ type: "done", id }), fail);
  }

  port.listen((message) => {
    const order = message as MateOrder;
    if (order.type === "load") programs.set(order.program, order.code);
    else if (order.type === "drop") {
      programs.delete(order.program);
      loaded.delete(order.program);
    } else if (order.type === "cancel") cancelled = order.id;
    else answer(order);
  });
  send({ type: "ready" });
}
