/**
 * Owns: telling the machine which call is about to happen. Every call sets `$at[0]` to its site's number after its
 * arguments are known and before it runs. Where an operand contains a call of its own, the last such operand carries
 * the mark: `f(a, $a(g(b), 12))`.
 */
import type {
  AnyNode,
  CallExpression,
  DoWhileStatement,
  ForStatement,
  NewExpression,
  TaggedTemplateExpression,
  WhileStatement,
} from "acorn";
import type { Instrumentation } from "./instrumentation.ts";
import { storedName } from "./naming.ts";
import { waitedFor } from "./spinning.ts";
import { children, dependsOnOptional, isFunction } from "./syntax-tree.ts";

type CallNode = CallExpression | NewExpression | TaggedTemplateExpression;

export class CallMarks {
  readonly #work: Instrumentation;
  readonly #calling = new Map<AnyNode, boolean>();
  readonly #sites = new Map<AnyNode, number>();

  constructor(work: Instrumentation) {
    this.#work = work;
  }

  mark(node: CallNode): void {
    const callee = node.type === "TaggedTemplateExpression" ? node.tag : node.callee;
    if (callee.type === "Super") return;
    const site = this.#site(node, callee);
    if (site === 0) return;
    this.#sites.set(node, site);
    const operands = operandsOf(node, callee);
    const carrier = operands.findLast((operand) => this.#calls(operand));
    if (carrier === undefined) return this.#markBefore(node, site);
    if (!dependsOnOptional(carrier)) return this.#work.editor.pass(carrier, "$a", `${site}`);
    // The carrier is the inside of an optional chain, which no wrapper may cut: a later argument carries the mark.
    const argument = operands.at(-1)!;
    if (argument !== carrier) this.#work.editor.pass(argument, "$a", `${site}`);
  }

  /** `for (const v of E)`: every turn of the loop may call the iterator. */
  markIteration(right: AnyNode): void {
    const { editor, origins, sites } = this.#work;
    const site = sites.number(right.start, origins.path(right));
    if (site !== 0) editor.pass(right, "$i", `${site}`);
  }

  /** Every turn of a loop says where it is, so that one that never ends can be named. */
  markTurns(node: WhileStatement | DoWhileStatement | ForStatement): void {
    const { editor, sites } = this.#work;
    const site = sites.number(node.start, "");
    if (site === 0) return;
    const awaited = waitedFor(this.#work, node);
    if (awaited !== "") this.#noteWait(node, site, awaited);
    const mark = `$at[0]=${site};`;
    if (node.body.type === "BlockStatement") editor.addToStart(node.body, mark);
    else editor.wrap(node.body, `{${mark}`, "}");
  }

  /** The loop's head, and the calls in it: where its thread is when it is stopped. */
  #noteWait(node: AnyNode, site: number, awaited: string): void {
    this.#work.sites.noteWait(site, awaited);
    for (const child of children(node)) this.#noteWait(child, this.#sites.get(child) ?? 0, awaited);
  }

  #markBefore(node: CallNode, site: number): void {
    let whole: AnyNode = node;
    if (dependsOnOptional(node)) {
      while (whole.type !== "ChainExpression") whole = this.#work.scopes.parents.get(whole)!;
    }
    this.#work.editor.wrap(whole, `($at[0]=${site},`, ")");
  }

  /** A chain over several lines is placed at the method's name, any other call at its start. */
  #site(node: CallNode, callee: AnyNode): number {
    const { origins, sites } = this.#work;
    let offset = node.start;
    if (callee.type === "MemberExpression" && !callee.computed) {
      const line = origins.place(callee.property.start)?.line;
      if (line !== undefined && line !== origins.place(offset)?.line) offset = callee.property.start;
    }
    return sites.number(offset, this.#name(node, callee));
  }

  #name(node: CallNode, callee: AnyNode): string {
    const stored = storedName(this.#work, node);
    if (stored !== "" || node.type === "NewExpression") return stored;
    return callee.type === "MemberExpression" ? this.#work.origins.path(callee.object) : "";
  }

  /** True where evaluating `node` may run another call or let other code run. */
  #calls(node: AnyNode): boolean {
    const known = this.#calling.get(node);
    if (known !== undefined) return known;
    const result =
      isCalling(node) || (!isFunction(node) && children(node).some((child) => this.#calls(child)));
    this.#calling.set(node, result);
    return result;
  }
}

function isCalling(node: AnyNode): boolean {
  return (
    node.type === "CallExpression" ||
    node.type === "NewExpression" ||
    node.type === "TaggedTemplateExpression" ||
    node.type === "YieldExpression"
  );
}

/** What is evaluated before the call, in order, as far as it may be wrapped without losing the call's `this`. */
function operandsOf(node: CallNode, callee: AnyNode): AnyNode[] {
  const operands: AnyNode[] = [];
  if (callee.type === "MemberExpression") {
    if (callee.object.type !== "Super") operands.push(callee.object);
    if (callee.computed) operands.push(callee.property);
  } else if (callee.type !== "ChainExpression" || callee.expression.type === "CallExpression") {
    operands.push(callee);
  }
  const args = node.type === "TaggedTemplateExpression" ? node.quasi.expressions : node.arguments;
  for (const argument of args)
    operands.push(argument.type === "SpreadElement" ? argument.argument : argument);
  return operands;
}
