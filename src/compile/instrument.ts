/**
 * Owns: the code that runs in a guest. It is one strict function `($rt) => exports`; `$rt` offers
 *
 * - `at`: Int32Array; `[0]` is the site of the call about to happen or of the loop that runs, `[1]` the current thread (0 is the first);
 * - `located(value, site)`: sets `at[0]`, returns `value`;
 * - `captures(what, id, reader, name?)`: `what` (a function, a class, an object with methods) carries what
 *   `reader(i)` reads for `i < captureNames[id].length`; the reader may throw. Returns `what`, called `name` if given;
 * - `captureNames`: set by the program, names by id;
 * - `place(base, ...names)`: `base.a.b`, for readers: runs no getter, stops at a handle;
 * - `classes(class)`: a class declared at the top of a module, in order;
 * - `privates(class, reader, writer, names)`: `reader(instance)` returns the values of the class's private fields,
 *   `writer(instance, values)` puts them there;
 * - `revival`: while its `on` is true constructors run no code of the program (see revival.ts);
 * - `owned(object, site, text)`: a write to `object` follows; returns `object`, which may be anything;
 * - `ownedBy(object, method, site, text)`: the built-in `method` follows, called around the object's prototype;
 * - `foreignVariable(site, name)`: a write to a variable of another thread follows;
 * - `iterate(iterable, site)`: what `for (… of …)` goes over;
 * - `awaited(value, site)`: what `yield*` goes over;
 * - `futures`: see async-functions.ts;
 * - `modules`: the library, by specifier.
 *
 * Owns no rule: what is a misuse is the runtime's to say.
 */
import type { AnyNode, Program } from "acorn";
import { AsyncFunctions } from "./async-functions.ts";
import { CallMarks } from "./calls.ts";
import { Editor } from "./editor.ts";
import type { Instrumentation } from "./instrumentation.ts";
import { takeExports, takeImports } from "./library-imports.ts";
import type { Origins } from "./origin.ts";
import { Registrations } from "./registrations.ts";
import { Revival } from "./revival.ts";
import type { Scopes } from "./scope.ts";
import { Sites } from "./sites.ts";
import { children, isClass, isFunction } from "./syntax-tree.ts";
import { WriteChecks } from "./writes.ts";

const OPENING = `(function ($rt) { "use strict";
const $at=$rt.at,$c=$rt.captures,$p=$rt.privates,$o=$rt.owned,$v=$rt.foreignVariable,$i=$rt.iterate,$a=$rt.located,$q=$rt.place,$k=$rt.classes,$m=$rt.ownedBy,$w=$rt.revival,$y=$rt.awaited,$g=$rt.futures;
`;

export interface Instrumented {
  readonly editor: Editor;
  readonly sites: Sites;
}

/** Instruments the parsed bundle `code`. The finished text is `editor.text`. */
export function instrument(code: string, program: Program, scopes: Scopes, origins: Origins): Instrumented {
  const work: Instrumentation = { editor: new Editor(code), scopes, origins, sites: new Sites(origins) };
  const { editor } = work;
  const registrations = new Registrations(work);
  const revival = new Revival(work, program);
  const futures = new AsyncFunctions(work, registrations);
  const writes = new WriteChecks(work);
  const calls = new CallMarks(work);
  const visit = (node: AnyNode): void => {
    for (const child of children(node)) visit(child);
    markCalls(calls, node);
    checkWrites(writes, node);
    if (isClass(node)) revival.prepare(node);
    if (node.type === "YieldExpression") futures.markYield(node);
    register(registrations, futures, node);
  };
  visit(program);
  const imports = takeImports(program, editor);
  const exports = takeExports(program, editor);
  const names = registrations.names();
  const start = editor.writeStarts();
  editor.text.prepend(`${OPENING}${names && `$rt.captureNames=${names};\n`}${imports}\n${start}\n`);
  editor.text.append(`\nreturn ${exports};\n})`);
  return { editor, sites: work.sites };
}

function markCalls(calls: CallMarks, node: AnyNode): void {
  switch (node.type) {
    case "CallExpression":
    case "NewExpression":
    case "TaggedTemplateExpression":
      return calls.mark(node);
    case "ForOfStatement":
      return calls.markIteration(node.right);
    case "WhileStatement":
    case "DoWhileStatement":
    case "ForStatement":
      return calls.markTurns(node);
  }
}

function checkWrites(writes: WriteChecks, node: AnyNode): void {
  switch (node.type) {
    case "AssignmentExpression":
      return writes.checkExpression(node, node.left);
    case "UpdateExpression":
      return writes.checkExpression(node, node.argument);
    case "UnaryExpression":
      if (node.operator === "delete") writes.checkExpression(node, node.argument);
      return;
    case "ForInStatement":
    case "ForOfStatement":
      if (node.left.type !== "VariableDeclaration") writes.checkLoop(node.left, node.right);
      return;
    case "CallExpression":
      return writes.checkCall(node);
    case "ArrowFunctionExpression":
      return writes.addArrowBody(node);
  }
}

function register(registrations: Registrations, futures: AsyncFunctions, node: AnyNode): void {
  if (isFunction(node)) {
    futures.prepare(node);
    registrations.registerFunction(node);
  } else if (isClass(node)) {
    registrations.registerClass(node);
    futures.registerClass(node);
  } else if (node.type === "ObjectExpression") {
    futures.registerObject(node);
    registrations.registerObject(node);
  }
}
