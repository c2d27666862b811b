/*
 * What runs inside every guest before any program: the modules learners import, and the runtime that compiled
 * programs call (src/compile/instrument.ts). Bundled to one script; reaches the host through kernel calls only.
 */
import { MAILBOX } from "#abi";
import * as checkModule from "./check/check.ts";
import { captureNames, place, registerCaptures } from "./core/captures.ts";
import { registerClass, registerPrivates, revival } from "./core/classes.ts";
import { foreignVariable, owned, ownedBy } from "./core/copies.ts";
import { defineGlobals } from "./core/globals.ts";
import { guardLanguage } from "./core/guarded.ts";
import { freezeIntrinsics } from "./core/intrinsics.ts";
import { ENTRY, entryCode, mailbox } from "./core/kernel.ts";
import { iterate, located } from "./core/sites.ts";
import { endBody, reportPanic, runSpawned } from "./core/thread-body.ts";
import { awaited, futures, makeGeneratorsFutures } from "./rt/generators.ts";
import * as rt from "./rt/rt.ts";
import * as rtFs from "./rt/fs.ts";
import * as rtNet from "./rt/net.ts";
import * as rtSync from "./rt/sync.ts";
import * as rtStream from "./rt/stream.ts";
import * as rtTask from "./rt/task.ts";
import * as rtTime from "./rt/time.ts";
import * as assertModule from "./std/assert.ts";
import * as cpu from "./std/cpu.ts";
import * as fs from "./std/fs.ts";
import * as net from "./std/net.ts";
import * as sync from "./std/sync.ts";
import * as thread from "./std/thread.ts";
import * as time from "./std/time.ts";
import * as world from "./world/world.ts";

const { listChecks, runCheck, ...check } = checkModule;

/** Every module a program can import, by specifier. */
export const modules: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "std/thread": { ...thread },
  "std/sync": { ...sync },
  "std/time": { ...time },
  "std/cpu": { ...cpu },
  "std/net": { ...net },
  "std/fs": { ...fs },
  rt: { ...rt },
  "rt/sync": { ...rtSync },
  "rt/time": { ...rtTime },
  "rt/task": { ...rtTask },
  "rt/stream": { ...rtStream },
  "rt/net": { ...rtNet },
  "rt/fs": { ...rtFs },
  "std/assert": { ...assertModule },
  world: { ...world },
  check,
};

type Exports = Readonly<Record<string, unknown>>;
type Program = (runtime: object) => Exports;

let program: Program = () => ({});

const runtime = {
  at: mailbox,
  modules,
  awaited,
  /** Written to at run time: not for freezing. */
  get futures() {
    return futures;
  },
  captures: registerCaptures,
  privates: registerPrivates,
  classes: registerClass,
  owned,
  ownedBy,
  /** Written to at run time: not for freezing. */
  get revival() {
    return revival;
  },
  foreignVariable,
  iterate,
  located,
  place,
  set captureNames(list: readonly (readonly string[] | undefined)[]) {
    captureNames.list = list;
  },
};

/**
 * Everything is called what programs import it as: in one bundle the second `Sender` is `Sender2`, and a class that
 * mentions itself `_Sender`.
 */
function nameExports(): void {
  for (const exports of Object.values(modules))
    for (const [name, value] of Object.entries(exports))
      if (typeof value === "function")
        Object.defineProperty(value, "name", { value: name, configurable: true });
}

function callMain(main: unknown): void {
  if (typeof main !== "function")
    throw new TypeError("`main` is not a function: write `export function main() { … }`");
  (main as () => void)();
}

/** The first thread, from its beginning. Restarted by the host in a fresh image for every run. */
function runProgram(): void {
  try {
    const exports = program(runtime);
    const code = entryCode();
    mailbox[MAILBOX.site] = 0;
    if (code === ENTRY.list) listChecks();
    else if (code >= 0) runCheck(code);
    else if (code === ENTRY.main || "main" in exports) callMain(exports["main"]);
    endBody(true);
  } catch (error) {
    reportPanic(error);
  }
}

defineGlobals();
guardLanguage();
makeGeneratorsFutures();
nameExports();
freezeIntrinsics([modules, runtime, runProgram, runSpawned]);

Object.defineProperty(globalThis, "__interleave", {
  configurable: true,
  value: {
    program: runProgram,
    body: runSpawned,
    mailbox,
    load: (compiled: Program) => {
      program = compiled;
    },
  },
});
