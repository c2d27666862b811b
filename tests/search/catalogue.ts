import type { OutcomeKind } from "#abi";

/** A program of `programs/` that fails under some schedules, and its repaired twin. */
export interface TwinProgram {
  /** Its file, without `.ts`. */
  readonly name: string;
  /** Where the bug is described: a paper, a study of bugs, a manual. */
  readonly source: string;
  /** How the wrong one ends. */
  readonly fails: OutcomeKind;
  /** Preemptions, and other choices that are not the default, that a failing schedule has at least (plain). */
  readonly preemptions: number;
}

const LU = "S. Lu et al., Learning from mistakes, ASPLOS 2008";
const FARCHI = "E. Farchi, Y. Nir, S. Ur, Concurrent bug patterns and how to test them, IPDPS 2003";
const WANG = "J. Wang et al., Concurrency bugs in Node.js, ASE 2017";
const TOKIO = "the documentation of tokio";

/** Threads that block. */
export const THREAD_PROGRAMS: readonly TwinProgram[] = [
  {
    name: "account",
    source: "P. Thomson et al., Concurrency testing using controlled schedulers, TOPC 2016 (account)",
    fails: "panic",
    preemptions: 1,
  },
  { name: "use-before-init", source: `${LU} (order violation)`, fails: "panic", preemptions: 0 },
  {
    name: "double-checked",
    source: "D. Bacon et al., The double-checked locking is broken declaration, 2000",
    fails: "panic",
    preemptions: 1,
  },
  { name: "double-free", source: `${FARCHI} (two-stage access)`, fails: "panic", preemptions: 1 },
  {
    name: "torn-read",
    source: "H. Boehm, Can seqlocks get along with programming language memory models?, MSPC 2012",
    fails: "panic",
    preemptions: 1,
  },
  {
    name: "driver-stop",
    source: "S. Qadeer, D. Wu, KISS: keep it simple and sequential, PLDI 2004 (Bluetooth driver)",
    fails: "panic",
    preemptions: 1,
  },
  {
    name: "stack-aba",
    source: "M. Michael, Hazard pointers, TPDS 2004 (ABA)",
    fails: "panic",
    preemptions: 1,
  },
  {
    name: "work-stealing",
    source: "M. Musuvathi, S. Qadeer, Iterative context bounding, PLDI 2007 (work-stealing queue)",
    fails: "panic",
    preemptions: 1,
  },
  { name: "missed-signal", source: `${FARCHI} (lost notify)`, fails: "stuck", preemptions: 1 },
  {
    name: "if-for-while",
    source: "B. Lampson, D. Redell, Experience with processes and monitors in Mesa, CACM 1980",
    fails: "panic",
    preemptions: 1,
  },
  {
    name: "bounded-buffer",
    source: "T. Cargill, Specific notification for Java thread synchronization, PLoP 1996",
    fails: "stuck",
    preemptions: 0,
  },
  {
    name: "barrier-reuse",
    source: "A. Downey, The little book of semaphores, 2008 (reusable barrier)",
    fails: "stuck",
    preemptions: 0,
  },
  { name: "transfer", source: `${LU} (deadlock)`, fails: "deadlock", preemptions: 1 },
  {
    name: "hyman",
    source: "H. Hyman, Comments on a problem in concurrent programming control, CACM 1966",
    fails: "panic",
    preemptions: 2,
  },
  {
    name: "turn-before-flag",
    source: "G. Peterson, Myths about the mutual exclusion problem, IPL 1981",
    fails: "panic",
    preemptions: 2,
  },
  {
    name: "bakery",
    source: "L. Lamport, A new solution of Dijkstra's concurrent programming problem, CACM 1974",
    fails: "panic",
    preemptions: 2,
  },
  {
    name: "airlock",
    source: "S. Lu et al., MUVI: multi-variable access correlations, SOSP 2007",
    fails: "panic",
    preemptions: 3,
  },
  {
    name: "philosophers",
    source: "E. Dijkstra, Hierarchical ordering of sequential processes, 1971",
    fails: "deadlock",
    preemptions: 1,
  },
];

/** Tasks on one executor. */
export const TASK_PROGRAMS: readonly TwinProgram[] = [
  { name: "await-between", source: `${WANG} (atomicity violation)`, fails: "panic", preemptions: 3 },
  { name: "stampede", source: `${WANG} (check, then act)`, fails: "panic", preemptions: 3 },
  { name: "stale-reply", source: `${WANG} (order violation)`, fails: "panic", preemptions: 1 },
  { name: "task-transfer", source: `${LU} (deadlock), with tasks`, fails: "deadlock", preemptions: 3 },
  { name: "missed-notification", source: `${TOKIO} (Notify)`, fails: "stuck", preemptions: 1 },
  {
    name: "cancelled-select",
    source: `${TOKIO} (select!, cancellation safety)`,
    fails: "panic",
    preemptions: 2,
  },
  { name: "leaked-permit", source: `${TOKIO} (JoinHandle::abort)`, fails: "stuck", preemptions: 1 },
  {
    name: "registered-once",
    source: "the documentation of Rust's standard library (Future::poll)",
    fails: "stuck",
    preemptions: 1,
  },
  { name: "lost-at-shutdown", source: `${TOKIO} (graceful shutdown)`, fails: "panic", preemptions: 1 },
];

export const TWIN_PROGRAMS: readonly TwinProgram[] = [...THREAD_PROGRAMS, ...TASK_PROGRAMS];
