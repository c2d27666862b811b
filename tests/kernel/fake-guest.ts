import { CALLS, DEFAULT_LIMITS, type Payload } from "#abi";
import { type Chooser, type Guest, Kernel, type KernelRules, type Thread, type TurnEnd } from "#kernel";

/** One kernel call of a scripted thread. */
export interface Call {
  readonly call: keyof typeof CALLS;
  readonly a?: number;
  readonly b?: number;
  readonly payload?: Payload;
  readonly timeoutNs?: number;
  /** Makes the call as an operation that wakes this. */
  readonly waker?: number;
  /** For `spawn`: what the new thread takes along, as Ownership.capture reads it. */
  readonly captures?: string;
  /** For `spawn`: what the new thread runs. */
  readonly body?: Script;
}

/** A thread as plain JavaScript: yields kernel calls, gets their replies. */
export type Script = () => Generator<Call, void, { reply: Payload; status: number }>;

/** Threads as generators: the kernel runs without any WebAssembly. */
class ScriptedGuest implements Guest {
  kernel: Kernel | null = null;
  readonly #running: (ReturnType<Script> | undefined)[] = [];
  /** By thread, what it spawns. */
  readonly #spawned: (Script | undefined)[] = [];

  constructor(main: Script) {
    this.#running[0] = main();
  }

  start(thread: Thread): TurnEnd {
    return this.#advance(thread, true);
  }

  resume(thread: Thread): TurnEnd {
    return this.#advance(thread, false);
  }

  fork(parent: Thread, child: Thread): void {
    this.#running[child.id] = this.#spawned[parent.id]?.();
  }

  kill(): void {}

  #advance(thread: Thread, first: boolean): TurnEnd {
    const script = this.#running[thread.id];
    let fresh = first;
    for (;;) {
      const next = fresh ? script?.next() : script?.next({ reply: thread.reply, status: thread.status });
      fresh = false;
      if (next === undefined || next.done === true) return "ended";
      const {
        call,
        a = 0,
        b = 0,
        payload = "u",
        timeoutNs = Infinity,
        waker = 0,
        captures = "",
        body,
      } = next.value;
      this.#spawned[thread.id] = body;
      Object.assign(thread, { call: CALLS[call], a, b, payload, timeoutNs, waker });
      if (call === "spawn") thread.payload = `s${payload === "u" ? "" : payload}\n${captures}`;
      if (this.kernel?.enter(thread) !== true) return "suspended";
    }
  }
}

export interface Rules extends Partial<KernelRules> {
  readonly chooser?: Chooser;
  readonly callsMax?: number;
  readonly patienceCalls?: number;
}

/** Runs `main` to the end and returns the kernel for questions. */
export function runScript(main: Script, rules: Rules = {}): Kernel {
  const guest = new ScriptedGuest(main);
  const kernel = new Kernel({
    guest,
    chooser: rules.chooser ?? { choose: (point) => point.preferred },
    names: { place: () => "", thing: () => "" },
    rules: {
      clock: "idle",
      callCostNs: 0,
      cores: 4,
      mayLeave: false,
      pollMaxNs: Infinity,
      spuriousWakeups: false,
      ...rules,
    },
    limits: {
      ...DEFAULT_LIMITS,
      callsMax: rules.callsMax ?? DEFAULT_LIMITS.callsMax,
      patienceCalls: rules.patienceCalls ?? DEFAULT_LIMITS.patienceCalls,
    },
    record: true,
  });
  guest.kernel = kernel;
  kernel.run();
  return kernel;
}
