import fc from "fast-check";

/*
 * Random programs that are well typed by construction. A program is a list of shared objects, made at the top of
 * `main`, and a tree of statements; statements name objects by number and threads by their own variable. Rendered
 * as TypeScript: what comes out is what a learner could have written, on a bad day.
 */

/** How many there are of each kind of shared object. */
const OBJECTS = 2;

export type Statement =
  | { readonly do: "simple"; readonly code: string }
  | {
      readonly do: "spawn";
      readonly body: Body;
      readonly join: "now" | "later" | "never" | "twice";
      readonly own: boolean;
    }
  | { readonly do: "locked"; readonly lock: number; readonly how: "using" | "unlock"; readonly body: Body }
  | { readonly do: "loop"; readonly times: number; readonly form: number; readonly body: Body }
  | { readonly do: "try"; readonly body: Body; readonly handler: Body; readonly last: Body }
  | { readonly do: "call"; readonly form: number; readonly body: Body };

export type Body = readonly Statement[];

const at = fc.integer({ min: 0, max: OBJECTS - 1 });
const small = fc.integer({ min: 0, max: 3 });

const value: fc.Arbitrary<string> = fc.oneof(
  fc.integer({ min: -9, max: 99 }).map(String),
  fc.constantFrom(
    `"text"`,
    "undefined",
    "null",
    "-0",
    "NaN",
    "2n ** 70n",
    "[1, [2, { k: 3 }]]",
    "{ $u: 1, a: [null] }",
    "new Map([[1, new Set([2])]])",
    "new Date(5)",
    "/x/g",
    "new Uint8Array([1, 2])",
    `new Error("sent")`,
    "new Item(4)",
    "cell0",
    "Array.from({ length: 40 }, (_, i) => ({ i }))",
  ),
);

const simple: fc.Arbitrary<Statement> = fc
  .oneof(
    fc.tuple(small, fc.constantFrom("sleep", "work")).map(([n, f]) => `${f}(${n});`),
    fc.constant("yieldNow();"),
    fc.tuple(at, value).map(([i, v]) => `cell${i}.set(${v});`),
    at.map((i) => `cell${i}.set(num(cell${i}.get()) + 1);`),
    fc.tuple(at, fc.boolean()).map(([i, b]) => `flag${i}.store(${b});`),
    at.map((i) => `if (flag${i}.swap(true)) console.log("taken");`),
    at.map((i) => `console.log(flag${i}.compareExchange(false, true).ok);`),
    fc.tuple(at, value).map(([i, v]) => `txs[${i}]?.send(${v});`),
    fc.tuple(at, value).map(([i, v]) => `void stxs[${i}]?.trySend(${v});`),
    fc.tuple(at, value).map(([i, v]) => `stxs[${i}]?.send(${v});`),
    fc.tuple(at, small).map(([i, n]) => `show(rxs[${i}]?.recvTimeout(${n}));`),
    at.map((i) => `show(srxs[${i}]?.tryRecv());`),
    at.map((i) => `show(rx${i}.recv());`),
    at.map((i) => `tx${i}.drop();`),
    at.map((i) => `{ const more = txs[${i}]?.clone(); more?.send(1); more?.drop(); }`),
    at.map(
      (i) => `{ const got = lock${i}.tryLock(); if (got.ok) { got.value.value.n++; got.value.unlock(); } }`,
    ),
    fc.tuple(at, at).map(([i, j]) => `{ using g = lock${i}.lock(); cond${j}.waitTimeout(g, 2); }`),
    fc.tuple(at, at).map(([i, j]) => `{ using g = lock${i}.lock(); if (g.value.n < 1) cond${j}.wait(g); }`),
    at.map((i) => `cond${i}.notifyOne();`),
    at.map((i) => `cond${i}.notifyAll();`),
    value.map((v) => `console.log(${v});`),
    small.map((n) => `count += ${n};`),
    small.map((n) => `list.push(${n});`),
    fc
      .constantFrom("Error", "TypeError", "Failure")
      .map((name) => `if (count % 3 === 2) throw new ${name}("thrown");`),
    fc.constant(`if (count % 4 === 3) throw "text";`),
    fc.constant("console.log(start.elapsed(), current().name);"),
    fc.constant("for (const k of numbers(2)) count += k;"),
    fc.constant(`void [3, 1, 2].sort((a, b) => { yieldNow(); return a - b; });`),
    fc.constant(`void box.late;`),
  )
  .map((code) => ({ do: "simple", code }));

const { body } = fc.letrec<{ body: Body; statement: Statement }>((tie) => ({
  body: fc.array(tie("statement"), { maxLength: 5, depthIdentifier: "body" }),
  statement: fc.oneof(
    { depthSize: "medium", maxDepth: 4, depthIdentifier: "body" },
    { weight: 6, arbitrary: simple },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant("spawn" as const),
        body: tie("body"),
        join: fc.constantFrom(
          "now" as const,
          "later" as const,
          "later" as const,
          "never" as const,
          "twice" as const,
        ),
        own: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant("locked" as const),
        lock: at,
        how: fc.constantFrom("using" as const, "unlock" as const),
        body: tie("body"),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant("loop" as const),
        times: small,
        form: small,
        body: tie("body"),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant("try" as const),
        body: tie("body"),
        handler: tie("body"),
        last: tie("body"),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("call" as const), form: small, body: tie("body") }) },
  ),
}));

export const anyBody: fc.Arbitrary<Body> = fc
  .array(body, { minLength: 2, maxLength: 3 })
  .map((parts) => parts.flat());

/** Renders bodies to one module of functions, and one of checks that run them: the check's index picks the body. */
export function renderModules(bodies: readonly Body[]): { readonly main: string; readonly checks: string } {
  const names = bodies.map((_, index) => `program${index}`);
  const programs = bodies.map((each, index) => renderProgram(each, names[index] ?? ""));
  const checks = names.map((name) => `check("${name}", "random", ${name});`);
  return {
    main: [HEAD, ...programs].join("\n"),
    checks: [`import { check } from "check"; import { ${names.join(", ")} } from "./main";`, ...checks].join(
      "\n",
    ),
  };
}

const HEAD = `import { spawn, sleep, yieldNow, current } from "std/thread";
import { Mutex, Condvar, channel, syncChannel, SharedCell, AtomicBool } from "std/sync";
import { work } from "std/cpu";
import { Instant } from "std/time";
class Item { constructor(readonly n: number) {} }
class Failure extends Error { override name = "Failure"; }
const num = (v: unknown): number => (typeof v === "number" ? v : 0);
const show = (v: unknown): void => console.log(v);
function* numbers(n: number) { for (let i = 0; i < n; i++) { yieldNow(); yield i; } }`;

function renderProgram(statements: Body, name: string): string {
  const shared: string[] = [];
  for (let i = 0; i < OBJECTS; i++)
    shared.push(
      `const cell${i} = new SharedCell<unknown>(0), flag${i} = new AtomicBool(false), lock${i} = new Mutex({ n: 0 }), cond${i} = new Condvar();`,
      `const [tx${i}, rx${i}] = channel<unknown>(), [stx${i}, srx${i}] = syncChannel<unknown>(${i});`,
    );
  const arrays = `const txs = [tx0, tx1], stxs = [stx0, stx1], rxs = [rx0, rx1], srxs = [srx0, srx1];`;
  const locals = `let count = 0; const list: number[] = []; const start = Instant.now(); const box = { get late() { sleep(1); return 1; } };`;
  const used = `void [list, start, box, txs, stxs, rxs, srxs${Array.from({ length: OBJECTS }, (_, i) => `, cell${i}, flag${i}, lock${i}, cond${i}, tx${i}, rx${i}, stx${i}, srx${i}`).join("")}];`;
  return `export function ${name}(): void {\n${[...shared, arrays, locals, renderBody(statements, { next: 0 }), used].join("\n")}\n}`;
}

interface Names {
  next: number;
}

function renderBody(statements: Body, names: Names): string {
  const joins: string[] = [];
  const lines = statements.map((statement) => render(statement, names, joins));
  return [...lines, ...joins].join("\n");
}

function render(statement: Statement, names: Names, joins: string[]): string {
  switch (statement.do) {
    case "simple":
      return statement.code;
    case "spawn":
      return renderSpawn(statement, names, joins);
    case "locked": {
      const guard = `g${names.next++}`;
      const inner = renderBody(statement.body, names);
      return statement.how === "using"
        ? `{ using ${guard} = lock${statement.lock}.lock(); ${guard}.value.n++;\n${inner} }`
        : `{ const ${guard} = lock${statement.lock}.lock(); ${guard}.value = { n: 7 };\n${inner}\n${guard}.unlock(); }`;
    }
    case "loop":
      return renderLoop(statement, names);
    case "try":
      return `try {\n${renderBody(statement.body, names)} } catch (e) { console.log(String(e));\n${renderBody(statement.handler, names)} } finally {\n${renderBody(statement.last, names)} }`;
    case "call": {
      const inner = renderBody(statement.body, names);
      const forms = [
        `(() => {\n${inner} })();`,
        `[1].forEach(() => {\n${inner} });`,
        `void { get v() {\n${inner}\nreturn 1; } }.v;`,
      ];
      return forms[statement.form % forms.length] ?? "";
    }
  }
}

function renderSpawn(statement: Statement & { do: "spawn" }, names: Names, joins: string[]): string {
  const handle = `t${names.next++}`;
  const own = statement.own ? "let count = 0; const list: number[] = []; void list;" : "";
  const made = `const ${handle} = spawn(() => { ${own}\n${renderBody(statement.body, names)}\nreturn count; });`;
  const join = `try { ${handle}.join(); } catch (e) { console.log(String(e)); }`;
  if (statement.join === "now") return `${made} ${handle}.join();`;
  if (statement.join === "twice") return `${made} ${join} ${join}`;
  if (statement.join === "later") joins.unshift(join);
  return `${made} void ${handle}.isFinished();`;
}

function renderLoop(statement: Statement & { do: "loop" }, names: Names): string {
  const i = `i${names.next++}`;
  const inner = renderBody(statement.body, names);
  const forms = [
    `for (let ${i} = 0; ${i} < ${statement.times}; ${i}++) {\n${inner} }`,
    `let ${i} = 0; while (${i}++ < ${statement.times}) {\n${inner} }`,
    `for (const ${i} of numbers(${statement.times})) { void ${i};\n${inner} }`,
    `while (flag0.load()) {\n${inner}\nyieldNow(); }`,
  ];
  return forms[statement.form % forms.length] ?? "";
}
