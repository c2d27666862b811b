/**
 * Owns: which variables of the author's every function carries with it, as paths in the way of Rust 2021 closures:
 * the longest plain member chain, without the method of a call.
 */
import type { AnyNode } from "acorn";
import type { Instrumentation } from "./instrumentation.ts";
import type { Unit, Variable } from "./scope.ts";

/** One captured path of a function. */
export interface Capture {
  /** How the bundle reads it: `pair2.tx`. */
  readonly code: string;
  /** How its author writes it: `pair.tx`. */
  readonly text: string;
}

/** The captures of every unit that has some, in order of first use. */
export function findCaptures(work: Instrumentation): ReadonlyMap<Unit, readonly Capture[]> {
  const found = new Map<Unit, Capture[]>();
  for (const { node } of work.scopes.references) {
    const used = work.scopes.resolve(node);
    if (used === undefined || used.variable.library || !isWritten(work, used.variable)) continue;
    const home = used.variable.scope.unit;
    for (let unit: Unit = used.unit; unit !== home; unit = unit.parent!)
      add(found, unit, pathAt(work, node, unit));
  }
  for (const { node, unit: start } of work.scopes.thisUses) {
    for (let unit: Unit | null = start; unit?.kind === "arrow"; unit = unit.parent) {
      add(found, unit, node.type === "Super" ? { code: "this", text: "this" } : pathAt(work, node, unit));
    }
  }
  return found;
}

/** False for what the bundler itself declared. */
function isWritten(work: Instrumentation, variable: Variable): boolean {
  return work.origins.place(variable.declared.start) !== null;
}

/** Keeps the shortest of paths that begin alike. */
function add(found: Map<Unit, Capture[]>, unit: Unit, capture: Capture): void {
  const captures = found.get(unit);
  if (captures === undefined) {
    found.set(unit, [capture]);
    return;
  }
  if (captures.some(({ code }) => code === capture.code || capture.code.startsWith(`${code}.`))) return;
  const first = captures.findIndex(({ code }) => code.startsWith(`${capture.code}.`));
  if (first < 0) {
    captures.push(capture);
    return;
  }
  captures[first] = capture;
  for (let i = captures.length - 1; i > first; i--) {
    if (captures[i]!.code.startsWith(`${capture.code}.`)) captures.splice(i, 1);
  }
}

function pathAt({ scopes, origins, editor }: Instrumentation, node: AnyNode, unit: Unit): Capture {
  let whole = node;
  for (;;) {
    const member = scopes.parents.get(whole);
    if (member?.type !== "MemberExpression" || member.object !== whole) break;
    if (member.computed || member.optional || isCalledOrChanged(scopes.parents, member)) break;
    if (member.property.type === "PrivateIdentifier" && !canName(scopes.parents, unit.node, member)) break;
    whole = member;
  }
  return { code: editor.code.slice(node.start, whole.end), text: origins.path(whole) };
}

function isCalledOrChanged(parents: ReadonlyMap<AnyNode, AnyNode>, member: AnyNode): boolean {
  const parent = parents.get(member);
  switch (parent?.type) {
    case "CallExpression":
      return parent.callee === member;
    case "TaggedTemplateExpression":
      return parent.tag === member;
    case "AssignmentExpression":
    case "AssignmentPattern":
    case "ForInStatement":
    case "ForOfStatement":
      return parent.left === member;
    case "UpdateExpression":
    case "RestElement":
    case "ArrayPattern":
      return true;
    case "UnaryExpression":
      return parent.operator === "delete";
    case "Property":
      return parents.get(parent)?.type === "ObjectPattern" && parent.value === member;
    default:
      return false;
  }
}

/** True where code at `unit` stands inside the class whose private name `member` uses. */
function canName(parents: ReadonlyMap<AnyNode, AnyNode>, unit: AnyNode, member: AnyNode): boolean {
  if (member.type !== "MemberExpression" || member.property.type !== "PrivateIdentifier") return true;
  const { name } = member.property;
  for (let at = parents.get(member); at !== undefined; at = parents.get(at)) {
    if (at.type !== "ClassBody") continue;
    const isDeclared = at.body.some(
      (m) => m.type !== "StaticBlock" && m.key.type === "PrivateIdentifier" && m.key.name === name,
    );
    // A class's own reader stands in a static block, which is inside its body.
    if (isDeclared) return unit.end <= at.end && (unit.start >= at.start || parents.get(at) === unit);
  }
  return false;
}
