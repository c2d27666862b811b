/** A program that goes to a limit, and how it may end. */
export interface LimitProgram {
  readonly title: string;
  /** Body of `main`; `HEAD` says what is imported. */
  readonly body: string;
  readonly ends: readonly string[];
}

const HEAD = `import { spawn, sleep } from "std/thread"; import { AtomicBool, channel, SharedCell } from "std/sync";`;

export function sourceOf({ body }: LimitProgram): string {
  return `${HEAD}\nexport function main() { ${body} }`;
}

/** The same body in a thread of its own, whose guest is a copy. */
export function sourceInThread({ body }: LimitProgram): string {
  return `${HEAD}\nexport function main() { spawn(() => { ${body} }).join(); }`;
}

/** Ways to call oneself: each runs `step`, which goes one level deeper, from inside. */
const SHAPES: Readonly<Record<string, string>> = {
  "plain calls": `const go = (n: number): number => at(n) ?? go(n + 1) + 1; go(0);`,
  "calls with many arguments and locals": `const go = (n: number, a = n, b = a, c = b, d = c, e = d): number => { const [x, y, z] = [a, b, c]; return at(n) ?? go(n + 1, x, y, z, d, e) + x + y + z; }; go(0);`,
  "nested yield*": `function* go(n: number): Generator<number> { if (at(n) === null) yield* go(n + 1); yield n; } for (const n of go(0)) { void n; }`,
  "nested forEach": `const go = (n: number): void => { if (at(n) === null) [n].forEach(() => go(n + 1)); }; go(0);`,
  "nested map over a Map": `const go = (n: number): void => { if (at(n) === null) new Map([[n, n]]).forEach(() => go(n + 1)); }; go(0);`,
  "sort comparators": `const go = (n: number): number => { if (at(n) === null) [2, 1].sort(() => go(n + 1)); return 0; }; go(0);`,
  "replace callbacks": `const go = (n: number): string => { if (at(n) === null) "x".replace(/x/, () => go(n + 1)); return ""; }; go(0);`,
  getters: `let n = 0; const o = { get v(): number { return at(n++) ?? o.v + 1; } }; void o.v;`,
  setters: `let n = 0; const o = { set v(x: number) { if (at(n++) === null) o.v = x; } }; o.v = 1;`,
  toJSON: `let n = 0; const o = { toJSON(): number { return at(n++) === null ? JSON.stringify(o).length : 1; } }; JSON.stringify(o);`,
  "JSON replacers": `let n = 0; const go = (): string => JSON.stringify([1], (_, v: unknown) => { if (at(n++) === null) go(); return v; }); go();`,
  "JSON revivers": `let n = 0; const go = (): unknown => JSON.parse("[1]", (_, v: unknown) => { if (at(n++) === null) go(); return v; }); go();`,
  toString: `let n = 0; const o = { toString(): string { return at(n++) === null ? \`\${o}\` : ""; } }; String(o);`,
  valueOf: `let n = 0; const o = { valueOf(): number { return at(n++) ?? Number(o) + 1; } }; Number(o);`,
  "Proxy get traps": `let n = 0; const p: { v: number } = new Proxy({ v: 1 }, { get: () => at(n++) ?? p.v }); void p.v;`,
  "Proxy apply traps": `let n = 0; const p: () => number = new Proxy(() => 1, { apply: () => at(n++) ?? p() }); p();`,
  constructors: `let n = 0; class A { b: A | null = at(n++) === null ? new A() : null; } new A();`,
  "iterators and spread": `let n = 0; const it: Iterable<number> = { [Symbol.iterator]: () => (at(n++) === null ? [...it].values() : [].values()) }; void [...it];`,
  "Reflect.apply": `const go = (n: number): number => at(n) ?? Reflect.apply(go, null, [n + 1]); go(0);`,
  "bound functions": `const go = (n: number): number => at(n) ?? go.bind(null, n + 1)(); go(0);`,
  "tagged templates": `const go = (_: TemplateStringsArray, n: number): number => at(n) ?? go\`\${n + 1}\`; go\`\${0}\`;`,
  "finally blocks": `const go = (n: number): void => { try { void n; } finally { if (at(n) === null) go(n + 1); } }; go(0);`,
};

/** Endless recursion of every shape. */
export const RECURSIONS: readonly LimitProgram[] = Object.entries(SHAPES).map(([shape, code]) => ({
  title: `endless recursion through ${shape}`,
  body: `const at = (_: number): number | null => null; ${code}`,
  ends: ["over-limit"],
}));

/**
 * The deepest suspension the stack permits: goes down until the stack is full, remembers how deep that was, then
 * suspends in a kernel call at ever greater depths up to there, while another thread runs.
 */
export const DEEP_SUSPENSIONS: readonly LimitProgram[] = Object.entries(SHAPES).map(([shape, code]) => ({
  title: `suspending at the bottom of a recursion through ${shape}`,
  body: `
const over = new AtomicBool(false); const other = spawn(() => { while (!over.load()) sleep(0.1); });
let deepest = 0; let stop = Infinity;
const at = (n: number): number | null => { if (stop === Infinity && n > deepest) deepest = n; if (n < stop) return null; sleep(1); return 0; };
const dive = () => { ${code} };
try { dive(); } catch { /* the stack was full */ }
let suspended = 0;
for (const share of [0.5, 0.8, 0.9, 0.95, 0.98, 1]) {
  stop = Math.floor(deepest * share);
  try { dive(); suspended++; } catch (error) { if (!(error instanceof RangeError)) throw error; }
}
over.store(true); other.join();
if (suspended < 3) throw new Error(\`suspended at only \${suspended} of 6 depths\`);`,
  ends: ["passed"],
}));

const deepArray = `let a: unknown[] = []; for (let i = 0; i < 50_000; i++) a = [a];`;

/** Structures nested deeper than any stack: what built-ins do with them by recursion of their own. */
export const DEEP_DATA: readonly LimitProgram[] = [
  ["JSON.parse of deep text", `JSON.parse("[".repeat(100_000) + "]".repeat(100_000));`],
  ["JSON.parse of deep objects", `JSON.parse('{"a":'.repeat(50_000) + "1" + "}".repeat(50_000));`],
  ["JSON.stringify of a deep array", `${deepArray} JSON.stringify(a);`],
  ["flat(Infinity) of a deep array", `${deepArray} a.flat(Infinity);`],
  ["toString of a deep array", `${deepArray} String(a);`],
  ["a deep value sent through a channel", `${deepArray} const [tx] = channel<unknown>(); tx.send(a);`],
  ["a deep value as a cell's", `${deepArray} new SharedCell<unknown>(a);`],
  ["a deep value captured by a thread", `${deepArray} spawn(() => a.length).join();`],
  [
    "a chain of bound functions",
    `let f: () => number = () => 1; for (let i = 0; i < 20_000; i++) f = f.bind(null); f();`,
  ],
  [
    "a chain of Proxies",
    `let p: { v: number } = { v: 1 }; for (let i = 0; i < 50_000; i++) p = new Proxy(p, {}); void p.v;`,
  ],
  [
    "Array.isArray of a chain of Proxies",
    `let p: number[] = []; for (let i = 0; i < 50_000; i++) p = new Proxy(p, {}); Array.isArray(p);`,
  ],
  [
    "instanceof through a chain of bound classes",
    `class A {} let f: typeof A = A; for (let i = 0; i < 20_000; i++) f = f.bind(null) as typeof A; void ({} instanceof f);`,
  ],
  [
    "a regular expression with deep groups",
    `new RegExp("(".repeat(20_000) + "a" + ")".repeat(20_000)).test("a");`,
  ],
  [
    "a linked list that is let go",
    `let l: unknown = null; for (let i = 0; i < 100_000; i++) l = { l }; l = null;`,
  ],
  [
    "a deep rope of strings",
    `let s = ""; for (let i = 0; i < 5_000; i++) s = "<" + s + ">"; s.charCodeAt(9);`,
  ],
  [
    "a long chain of prototypes",
    `let o = Object.create(null); for (let i = 0; i < 50_000; i++) o = Object.create(o); void o.missing;`,
  ],
].map(([title = "", body = ""]) => ({
  title,
  body,
  ends: ["passed", "over-limit", "panic", "out-of-memory"],
}));

/** Programs that want more memory than a thread has. */
export const MEMORY: readonly LimitProgram[] = [
  ["arrays", `const all: number[][] = []; for (;;) all.push(new Array(10_000).fill(1));`],
  ["one array, element by element", `const all: number[] = []; for (;;) all.push(1);`],
  ["a string that doubles", `let s = "x"; for (;;) s += s;`],
  ["many strings", `const all: string[] = []; for (let i = 0; ; i++) all.push("text ".repeat(1_000) + i);`],
  ["repeat of half a gigabyte", `void "x".repeat(2 ** 29).length;`],
  ["padEnd of half a gigabyte", `void "x".padEnd(2 ** 29).length;`],
  ["an ArrayBuffer of 2 GB", `new ArrayBuffer(2 ** 31 - 1);`],
  ["a typed array of 1 GB", `new Float64Array(2 ** 27);`],
  ["many small typed arrays", `const all: Uint8Array[] = []; for (;;) all.push(new Uint8Array(100_000));`],
  ["a Map", `const m = new Map<number, number>(); for (let i = 0; ; i++) m.set(i, i);`],
  ["a Set of objects", `const m = new Set<object>(); for (;;) m.add({});`],
  ["an object's keys", `const o: Record<string, number> = {}; for (let i = 0; ; i++) o["k" + i] = i;`],
  ["closures", `const all: (() => number)[] = []; for (let i = 0; ; i++) all.push(() => i);`],
  [
    "a generator that never lets go",
    `function* g() { const kept: number[][] = []; for (;;) { kept.push(new Array(1_000).fill(0)); yield; } } for (const _ of g()) { void _; }`,
  ],
  [
    "spread of a large array",
    `const a = new Array(1_000_000).fill(0); const all: number[][] = []; for (;;) all.push([...a]);`,
  ],
  [
    "sort of a large array",
    `const a = Array.from({ length: 1_900_000 }, (_, i) => -i); a.sort((x, y) => x - y); for (;;) a.push(...a);`,
  ],
  [
    "JSON.stringify of a large array",
    `const a: string[] = new Array(1_000).fill("y".repeat(20_000)); JSON.stringify(a);`,
  ],
  ["Array.from of a billion", `Array.from({ length: 2 ** 30 }, () => undefined);`],
  ["join of a long sparse array", `new Array(2 ** 23).join("xyz");`],
  ["split into characters", `"x".repeat(4_000_000).split("");`],
  ["a regular expression's matches", `"x".repeat(3_000_000).match(/x/g);`],
  ["an error for each turn", `const all: Error[] = []; for (;;) all.push(new Error("one more"));`],
  ["the message of a thrown error", `throw new Error("x".repeat(12_000_000) + "y");`],
  [
    "a value sent although memory is nearly full",
    `const s = "x".repeat(7_000_000); const [tx, rx] = channel<string[]>(); tx.send([s]); const all: unknown[] = []; for (;;) { all.push(rx.recv()); tx.send([s]); }`,
  ],
  [
    "a cell's value read again and again",
    `const c = new SharedCell("z".repeat(3_000_000)); const all: string[] = []; for (;;) all.push(c.get());`,
  ],
].map(([title = "", body = ""]) => ({ title: `memory: ${title}`, body, ends: ["out-of-memory"] }));

/** Programs that run for too long, in each form a loop can have, those of built-ins that ask for fuel included. */
export const FUEL: readonly LimitProgram[] = [
  ["while", `while (true) {}`],
  ["do", `do {} while (true);`],
  ["for", `for (;;) {}`],
  [
    "for … of",
    `const forever = { [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 1 }) }) }; for (const _ of forever) { void _; }`,
  ],
  ["labelled continue", `again: for (;;) { for (;;) continue again; }`],
  [
    "recursion without depth",
    `const even = (n: number): boolean => n === 0; for (let i = 0; ; i++) even(i);`,
  ],
  ["try", `for (;;) { try { throw 1; } catch { continue; } }`],
  ["finally", `try { void 0; } finally { for (;;) {} }`],
  ["finally that continues", `for (;;) { try { continue; } finally { void 0; } }`],
  ["catch of its own interruption", `for (;;) { try { for (;;) {} } catch { void 0; } finally { void 0; } }`],
  ["a getter", `const o = { get v() { for (;;) {} } }; void o.v;`],
  ["a setter", `const o = { set v(_: number) { for (;;) {} } }; o.v = 1;`],
  ["a comparator", `[2, 1].sort(() => { for (;;) {} });`],
  ["a generator", `function* g() { for (;;) yield 1; } for (const _ of g()) { void _; }`],
  [
    "a generator's finally",
    `function* g() { try { yield 1; } finally { for (;;) {} } } for (const _ of g()) break;`,
  ],
  ["a Proxy trap", `const p = new Proxy({}, { has: () => { for (;;) {} } }); void ("x" in p);`],
  ["toString", `String({ toString() { for (;;) {} } });`],
  ["toJSON", `JSON.stringify({ toJSON() { for (;;) {} } });`],
  ["a class field", `class A { x = (() => { for (;;) {} })(); } new A();`],
  ["a static block", `class A { static { for (;;) {} } } new A();`],
  ["dispose", `{ using _ = { [Symbol.dispose]() { for (;;) {} } }; void 0; }`],
  [
    "indexOf on an array-like of nine quadrillion",
    `Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);`,
  ],
  ["includes on a sparse array", `new Array(2 ** 32 - 1).includes(1); new Array(2 ** 32 - 1).indexOf(1);`],
  ["backtracking of a regular expression", `/^(a+)+$/.exec("a".repeat(40) + "b");`],
  ["backtracking through alternatives", `/^(a|aa|aaa)*$/.exec("a".repeat(60) + "b");`],
  [
    "an error whose message never comes",
    `const e = new Error("x"); Object.defineProperty(e, "message", { get() { for (;;) {} } }); throw e;`,
  ],
  ["a copy that never gets made", `structuredClone({ get v() { for (;;) {} } });`],
  ["a thread's result that never gets encoded", `spawn(() => ({ get v() { for (;;) {} } })).join();`],
].map(([title = "", body = ""]) => ({ title: `fuel: ${title}`, body, ends: ["out-of-fuel"] }));

/** Values thrown to confuse whoever reports them. */
export const ODD_ERRORS: readonly LimitProgram[] = [
  [
    "a message that throws",
    `throw Object.defineProperty(new Error(), "message", { get() { throw new Error("no"); } });`,
  ],
  [
    "a message that throws what sleeps",
    `const t = spawn(() => sleep(1)); const e = new Error(); Object.defineProperty(e, "message", { get() { throw { toString() { sleep(5); return "odd"; } }; } }); void t; throw e;`,
  ],
  [
    "a message that throws what never gets told",
    `const e = new Error(); Object.defineProperty(e, "message", { get() { throw { toString() { for (;;) {} } }; } }); throw e;`,
  ],
  [
    "a name that is a symbol",
    `const e = new Error("x"); Object.defineProperty(e, "name", { value: Symbol("s") }); throw e;`,
  ],
  [
    "a stack that starts a thread",
    `const e = new Error("x"); Object.defineProperty(e, "stack", { get() { return spawn(() => "s").join(); } }); throw e;`,
  ],
  [
    "a Proxy",
    `throw new Proxy({}, { get() { throw new Error("trap"); }, getPrototypeOf() { throw new Error("trap"); } });`,
  ],
  ["undefined", `throw undefined;`],
  ["a symbol", `throw Symbol("s");`],
  ["a BigInt", `throw 1n;`],
  ["a function", `throw () => 1;`],
  ["an object without prototype", `throw Object.create(null);`],
  ["a BigInt that grew beyond bounds", `let b = 3n; for (;;) b = b ** 7n;`],
  ["a cycle", `const a: unknown[] = []; a.push(a); throw a;`],
  ["text that looks like an interruption", `throw new Error("interrupted");`],
  ["text that looks like full memory", `throw new Error("out of memory");`],
  ["text with lone surrogates", `throw new Error("\\ud800");`],
].map(([title = "", body = ""]) => ({ title: `throwing ${title}`, body, ends: ["panic"] }));

/**
 * Built-ins that take no end and ask nobody whether they should: fuel cannot stop them. Ending the worker can, which is
 * what the page's watchdog does.
 */
export const UNINTERRUPTIBLE: readonly LimitProgram[] = [
  [
    "a search in a long string, over and over",
    `const hay = "a".repeat(4_000_000); for (let i = 0; i < 1_000_000; i++) hay.indexOf("a".repeat(2_000) + "b");`,
  ],
  ["joining a sparse array's nothing", `Array.prototype.join.call({ length: 2 ** 32 }, "");`],
].map(([title = "", body = ""]) => ({ title, body, ends: [] }));

/** Long built-ins whose length something else bounds: memory, or the work there is. */
export const BOUNDED: readonly LimitProgram[] = [
  [
    "sort of 200,000 numbers",
    `const a = Array.from({ length: 200_000 }, (_, i) => (i * 7919) % 1_000_003); a.sort((x, y) => x - y);`,
    "passed",
  ],
  ["a search in a string of 4 million", `"a".repeat(4_000_000).indexOf("b");`, "passed"],
  ["a BigInt of a hundred thousand digits", `void String(7n ** 100_000n).length;`, "passed"],
  ["a regular expression over a long text", `"ab".repeat(500_000).replace(/a/g, "");`, "passed"],
  ["replaceAll in a long text", `"ab".repeat(500_000).replaceAll("a", "");`, "passed"],
  [
    "JSON there and back of 50,000 objects",
    `JSON.parse(JSON.stringify(Array.from({ length: 50_000 }, (_, i) => ({ i }))));`,
    "passed",
  ],
  ["normalize of a long text", `"\\u00e9".repeat(200_000).normalize("NFD");`, "passed"],
].map(([title = "", body = "", ends = ""]) => ({ title, body, ends: [ends] }));
