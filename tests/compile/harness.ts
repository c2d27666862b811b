import * as esbuild from "esbuild-wasm";
import { expect } from "vitest";
import type { Site } from "#abi";
import { compile, type CompileInput, type Diagnostic, type Program } from "#compile";

/** What the snippets of these tests may import. `where()` answers the site of the call to it, as `line:column name`. */
export const LIBRARY: CompileInput["library"] = {
  "std/thread": ["spawn", "scope", "sleep", "yieldNow"],
  "std/sync": ["channel", "Mutex", "where", "keep"],
  check: ["check", "expect"],
};

export async function compiled(
  files: Record<string, string>,
  more: Partial<CompileInput> = {},
): Promise<Program> {
  const result = await compile(esbuild, { files, entry: "main.ts", library: LIBRARY, ...more });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics, null, 1));
  return result.program;
}

export async function diagnosed(
  files: Record<string, string>,
  more: Partial<CompileInput> = {},
): Promise<readonly Diagnostic[]> {
  const result = await compile(esbuild, { files, entry: "main.ts", library: LIBRARY, ...more });
  return result.ok ? [] : result.diagnostics;
}

export function formatSite({ line, column, name }: Site): string {
  return `${line}:${column} ${name}`.trimEnd();
}

/** One registered capture list as it reads at the end of the program. */
export interface Registered {
  readonly what: unknown;
  readonly names: readonly string[];
  readonly values: readonly unknown[];
}

export interface Execution {
  readonly exports: Record<string, (...args: never[]) => unknown>;
  /** Where `yield*` stands, in the order reached. */
  readonly awaits: string[];
  /** What the library does with async functions. */
  readonly frames: Frames;
  readonly owned: string[];
  readonly foreign: string[];
  readonly loops: string[];
  readonly privates: ((instance: unknown) => unknown[])[];
  registered(): Registered[];
}

/** The library's part of async functions: what was made and not begun, which functions are known, frames. */
export interface Frames {
  readonly pending: Set<number>;
  readonly known: unknown[];
  readonly names: string[][];
  /** Looks into a generator that has not begun: the names and values of its frame. */
  look(generator: Iterator<unknown>): Record<string, unknown>;
  readonly runtime: object;
}

function takeFrames(): Frames {
  const pending = new Set<number>();
  const known: unknown[] = [];
  let last = 0;
  const runtime = {
    on: false,
    made(method?: unknown): number {
      if (method !== undefined) known.push(method);
      pending.add(++last);
      return last;
    },
    begun: (token: number) => pending.delete(token),
    frame: (token: number, id: number, read: (i: number) => unknown) => ({ token, id, read }),
    known(fn: unknown, name?: string): unknown {
      known.push(fn);
      if (name !== undefined) Object.defineProperty(fn, "name", { value: name, configurable: true });
      return fn;
    },
    methods(holder: Record<string, unknown>, names: string[]): unknown {
      for (const name of names) known.push(holder[name]);
      return holder;
    },
  };
  const frames: Frames = {
    pending,
    known,
    names: [],
    runtime,
    look(generator) {
      runtime.on = true;
      const { id, read } = generator.next().value as { id: number; read: (i: number) => unknown };
      runtime.on = false;
      return Object.fromEntries((frames.names[id] ?? []).map((name, i) => [name, read(i)]));
    },
  };
  return frames;
}

/** Runs a program in this engine with a runtime that only takes notes. */
export function execute(program: Program, thread: Int32Array = new Int32Array(8)): Execution {
  const awaits: string[] = [];
  const frames = takeFrames();
  const owned: string[] = [];
  const foreign: string[] = [];
  const loops: string[] = [];
  const privates: ((instance: unknown) => unknown[])[] = [];
  const captures: { what: unknown; id: number; reader: (i: number) => unknown }[] = [];
  const site = (number: number): string => formatSite(program.sites[number]!);
  const runtime = {
    at: thread,
    captureNames: [] as string[][],
    modules: library(() => site(thread[0]!)),
    located(value: unknown, number: number): unknown {
      thread[0] = number;
      return value;
    },
    captures(what: unknown, id: number, reader: (i: number) => unknown, name?: string): unknown {
      captures.push({ what, id, reader });
      if (name !== undefined) Object.defineProperty(what, "name", { value: name, configurable: true });
      return what;
    },
    awaited(value: unknown, number: number): unknown {
      thread[0] = number;
      awaits.push(site(number));
      return value;
    },
    futures: frames.runtime,
    place: (base: unknown, ...names: string[]): unknown =>
      names.reduce((value, name) => Reflect.get(Object(value), name) as unknown, base),
    classes: () => {},
    privates: (_class: unknown, reader: (instance: unknown) => unknown[]) => void privates.push(reader),
    owned(object: unknown, number: number, text: string): unknown {
      if (thread[5] !== 0) owned.push(`${site(number)} [${text}]`);
      return object;
    },
    ownedBy(object: unknown, method: string, number: number, text: string): unknown {
      if (thread[5] !== 0) owned.push(`${site(number)} ${method} [${text}]`);
      return object;
    },
    revival: { on: false, next: (): unknown[] => [] },
    foreignVariable: (number: number, name: string) => void foreign.push(`${site(number)} [${name}]`),
    iterate(iterable: unknown, number: number): unknown {
      loops.push(site(number));
      return iterable;
    },
  };
  // The code under test is a function expression; only evaluating it shows that it is one.
  const start = new Function(`return ${program.code}`)() as (rt: typeof runtime) => Execution["exports"];
  const exports = start(runtime);
  const registered = (): Registered[] =>
    captures.map(({ what, id, reader }) => {
      const names = runtime.captureNames[id]!;
      return { what, names, values: names.map((_, i) => attempt(() => reader(i))) };
    });
  frames.names.push(...runtime.captureNames);
  return { exports, awaits, frames, owned, foreign, loops, privates, registered };
}

function library(where: () => string): Record<string, Record<string, unknown>> {
  const keep = (value: unknown): unknown => value;
  class Mutex {
    static made: string[] = [];
    readonly at = where();
    lock = (): { unlock: () => string; at: string } => ({ at: where(), unlock: where });
  }
  return {
    "std/thread": { spawn: keep, scope: keep, sleep: keep, yieldNow: keep },
    "std/sync": { channel: () => [where(), where()], Mutex, where, keep },
    check: { check: keep, expect: keep },
  };
}

/** What `body` returns or throws, as comparable data. */
export function attempt(body: () => unknown): unknown {
  try {
    return body();
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : `threw ${String(error)}`;
  }
}

/** `source` as a CommonJS module body, types taken out and nothing put in. */
export async function plainCode(source: string): Promise<string> {
  const { code } = await esbuild.transform(source, {
    loader: "ts",
    format: "cjs",
    target: "esnext",
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: true } },
  });
  return `"use strict";${code}`;
}

/** Compares the result of `main()` with and without instrumentation, the first for each of two threads. */
export async function compareRuns(source: string): Promise<void> {
  const code = await plainCode(source);
  const plainModule = { exports: {} as { main: () => unknown } };
  const require = (name: string): unknown => library(() => "")[name];
  const program = await compiled({ "main.ts": source });
  const plain = attempt(() => {
    new Function("module", "require", code)(plainModule, require);
    return plainModule.exports.main();
  });
  for (const thread of [0, 1]) {
    const instrumented = attempt(() =>
      execute(program, Int32Array.of(0, thread, 0, 0, 0, thread)).exports["main"]!(),
    );
    expect(instrumented).toEqual(plain);
  }
  // A snippet that fails for another reason than its own would compare nothing.
  expect(plain === undefined || /^(Syntax|Type|Reference)Error: /.test(String(plain))).toBe(false);
}
