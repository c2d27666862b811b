/**
 * Owns: what the library must know of generator functions that stand for async functions: those without a plain `yield`.
 *
 *   function* f(a, b) { … }   becomes   function* f(a, b, $u=$g.made()) { if($g.on)yield $g.frame($u,id,reader);$g.begun($u); … }
 *
 * `made` notes a future that nobody has polled yet. While `$g.on`, the first `next` runs nothing and yields what the
 * frame holds: parameters, `this` and captured variables, so that a task can take along what its future will use.
 * The library looks into generators of registered functions only: `$g.known(f)`.
 * Simplifies: functions under computed names are not registered; what their parameters hold stays where it was.
 */
import type { AnyNode, Expression, ObjectExpression, YieldExpression } from "acorn";
import type { Capture } from "./captures.ts";
import type { Instrumentation } from "./instrumentation.ts";
import { inferredName } from "./naming.ts";
import type { Registrations } from "./registrations.ts";
import {
  children,
  type ClassNode,
  type FunctionNode,
  isClass,
  isFunction,
  leaves,
  plainKey,
} from "./syntax-tree.ts";

export class AsyncFunctions {
  readonly #work: Instrumentation;
  readonly #registrations: Registrations;

  constructor(work: Instrumentation, registrations: Registrations) {
    this.#work = work;
    this.#registrations = registrations;
  }

  /** `yield* future`: the library sees what is waited for, and where. `yield value`: it knows where. */
  markYield(node: YieldExpression): void {
    const { argument } = node;
    if (!argument) return;
    const { editor, sites, origins } = this.#work;
    const site = sites.number(node.start, origins.path(argument));
    if (site !== 0) editor.pass(argument, node.delegate ? "$y" : "$a", `${site}`);
  }

  prepare(node: FunctionNode): void {
    if (!isAsync(node)) return;
    const { editor } = this.#work;
    const token = this.#addToken(node) ? "$u" : "0";
    const frame = this.#registrations.frame(node, this.#frameOf(node));
    editor.addToStart(node.body, `if($g.on)yield $g.frame(${token},${frame});$g.begun(${token});`);
    this.#register(node);
  }

  /** Methods, in the class's last static block. */
  registerClass(node: ClassNode): void {
    let statements = "";
    for (const member of node.body.body) {
      if (member.type !== "MethodDefinition" || !isAsync(member.value)) continue;
      const key = plainKey(member.key, member.computed);
      if (key === null) continue;
      if (key.startsWith("#") && !member.static) continue;
      const holder = member.static ? "this" : "this.prototype";
      statements += `$g.known(${holder}${access(key)});`;
    }
    if (statements !== "") this.#work.editor.insert(node.body.end - 1, `static{${statements}}`);
  }

  registerObject(node: ObjectExpression): void {
    const names = node.properties.flatMap((property) => {
      if (property.type !== "Property" || !property.method || !isAsync(property.value)) return [];
      return plainKey(property.key, property.computed) ?? [];
    });
    if (names.length > 0) this.#work.editor.pass(node, "$g.methods", JSON.stringify(names));
  }

  #register(node: FunctionNode): void {
    const { editor, scopes } = this.#work;
    const parent = scopes.parents.get(node);
    if (node.type === "FunctionDeclaration" && parent) {
      editor.addToStart(parent, `$g.known(${node.id.name});`);
    } else if (parent?.type !== "MethodDefinition" && !(parent?.type === "Property" && parent.method)) {
      const name = node.id ? null : inferredName(this.#work, node);
      editor.wrap(node, "$g.known(", name === null ? ")" : `,${JSON.stringify(name)})`);
    }
  }

  /** A last parameter that nobody passes; false where there can be none. */
  #addToken(node: FunctionNode): boolean {
    const { editor, scopes } = this.#work;
    const last = node.params.at(-1);
    const [first] = node.body.type === "BlockStatement" ? node.body.body : [];
    if (last?.type === "RestElement" || (first?.type === "ExpressionStatement" && first.directive))
      return false;
    const parent = scopes.parents.get(node);
    const isPrivate = parent?.type === "MethodDefinition" && parent.key.type === "PrivateIdentifier";
    const own = isPrivate && !parent.static ? `this.#${(parent.key as { name: string }).name}` : "";
    const token = `$u=$g.made(${own})`;
    if (last) editor.insert(last.end, `,${token}`);
    else editor.insert(editor.code.indexOf("(", node.id ? node.id.end : node.start) + 1, token);
    return true;
  }

  /** What the function's frame holds: parameters by name, `this` where it is used. */
  #frameOf(node: FunctionNode): readonly Capture[] {
    const { origins } = this.#work;
    const held: Capture[] = node.params
      .flatMap((param) => leaves(param))
      .flatMap((leaf) =>
        leaf.type === "Identifier" ? { code: leaf.name, text: origins.spelling(leaf) } : [],
      );
    if (usesThis(node.body)) held.push({ code: "this", text: "this" });
    return held;
  }
}

/** True for a generator function that nothing but `yield*` suspends. */
function isAsync(node: Expression | FunctionNode): node is FunctionNode {
  return isFunction(node) && node.generator && !yieldsPlainly(node.body);
}

function yieldsPlainly(node: AnyNode): boolean {
  if (node.type === "YieldExpression" && !node.delegate) return true;
  return children(node).some((child) => !isFunction(child) && yieldsPlainly(child));
}

function usesThis(node: AnyNode): boolean {
  if (node.type === "ThisExpression" || node.type === "Super") return true;
  if (isClass(node) || (isFunction(node) && node.type !== "ArrowFunctionExpression")) return false;
  return children(node).some(usesThis);
}

function access(key: string): string {
  if (key.startsWith("#") || /^[A-Za-z_$][\w$]*$/.test(key)) return `.${key}`;
  return `[${JSON.stringify(key)}]`;
}
