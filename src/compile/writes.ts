/**
 * Owns: the checks that a thread changes only what is its own.
 * Variables: `($t1!==$at[1]&&$v(site,"count"),count=…)`, where `$t1` is the thread that entered the declaring scope.
 * Objects: `($at[5]&&$o(items,site,"items"),items.length=0)`, or `$o(E,site,text).p=v` where `E` is no plain name.
 */
import type {
  AnyNode,
  AssignmentExpression,
  CallExpression,
  Expression,
  Identifier,
  MemberExpression,
  Pattern,
} from "acorn";
import type { Instrumentation } from "./instrumentation.ts";
import type { Scope, Unit, Variable } from "./scope.ts";
import { dependsOnOptional, isFunction, leaves, plainKey } from "./syntax-tree.ts";

export class WriteChecks {
  readonly #work: Instrumentation;
  /** Number of the `$t` of a block or, for arrows without a body, of the function. */
  readonly #marks = new Map<AnyNode, number>();

  constructor(work: Instrumentation) {
    this.#work = work;
  }

  /** Puts the checks for the targets of an assignment, an update or a `delete` before it. */
  checkExpression(node: AnyNode, target: AssignmentExpression["left"] | Expression): void {
    const checks = this.#checksOf(target);
    if (checks !== "") this.#work.editor.wrap(node, `(${checks}`, ")");
  }

  /** `for (target of right)`: the checks run with `right`, before the first turn. */
  checkLoop(target: Pattern, right: Expression): void {
    const checks = this.#checksOf(target);
    if (checks !== "") this.#work.editor.wrap(right, `(${checks}`, ")");
  }

  /**
   * Methods of the built-in containers that are called around their own prototype:
   * `Array.prototype.push.call(items, 1)`, and `super.set(…)` in a class that extends one.
   */
  checkCall(node: CallExpression): void {
    const { callee } = node;
    if (callee.type !== "MemberExpression" || callee.computed || dependsOnOptional(node)) return;
    const { object } = callee;
    const method = plainKey(callee.property, false) ?? "";
    if (object.type === "Super") {
      const site = this.#work.sites.number(node.start, "this");
      if (CHANGING.test(method) && site !== 0)
        this.#work.editor.wrap(node, `($at[5]&&$m(this,"${method}",${site},"this"),`, ")");
      return;
    }
    const [target] = node.arguments;
    if ((method !== "call" && method !== "apply") || !target || target.type === "SpreadElement") return;
    if (object.type !== "MemberExpression" || object.computed) return;
    const inner = plainKey(object.property, false) ?? "";
    const text = this.#work.origins.path(target);
    const site = this.#work.sites.number(target.start, text);
    if (CHANGING.test(inner) && site !== 0)
      this.#work.editor.pass(target, "$m", `"${inner}",${site},${JSON.stringify(text)}`);
  }

  /** Gives an arrow function with an expression body a body, if a parameter's thread must be noted in it. */
  addArrowBody(node: AnyNode): void {
    const mark = this.#marks.get(node);
    if (mark === undefined || node.type !== "ArrowFunctionExpression") return;
    const { editor } = this.#work;
    const arrow = editor.code.lastIndexOf("=>", node.body.start) + 2;
    editor.insert(arrow, `{${declareMark(mark)}return(`);
    editor.insert(node.end, ")}");
  }

  #checksOf(target: Pattern | Expression): string {
    const places = target.type === "ChainExpression" ? leaves(target.expression) : leaves(target);
    return places
      .map((leaf) => (leaf.type === "Identifier" ? this.#variable(leaf) : this.#object(leaf)))
      .join("");
  }

  #variable(leaf: Identifier): string {
    const { scopes, sites, origins } = this.#work;
    const used = scopes.resolve(leaf);
    if (used === undefined || used.unit === used.variable.scope.unit) return "";
    const block = homeOf(used.variable, leaf);
    const name = origins.spelling(leaf);
    const site = block === null ? 0 : sites.number(leaf.start, name);
    if (block === null || site === 0) return "";
    return `$t${this.#mark(block)}!==$at[1]&&$v(${site},${JSON.stringify(name)}),`;
  }

  #mark(block: AnyNode): number {
    let mark = this.#marks.get(block);
    if (mark === undefined) {
      mark = this.#marks.size;
      this.#marks.set(block, mark);
      if (block.type !== "ArrowFunctionExpression") this.#work.editor.addToStart(block, declareMark(mark));
    }
    return mark;
  }

  #object(leaf: MemberExpression): string {
    const { object } = leaf;
    const { origins, sites, editor, scopes } = this.#work;
    if (object.type === "Super" || dependsOnOptional(object)) return "";
    if (object.type === "ThisExpression" && isUnderConstruction(this.#unitOf(object))) return "";
    const text = origins.path(object);
    const site = sites.number(leaf.start, text);
    if (site === 0) return "";
    const rest = `${site},${JSON.stringify(text)}`;
    if (object.type === "Identifier" && scopes.resolve(object)?.variable.library === true) return "";
    if (object.type === "Identifier" || object.type === "ThisExpression") {
      return `$at[5]&&$o(${editor.code.slice(object.start, object.end)},${rest}),`;
    }
    editor.pass(object, "$o", rest);
    return "";
  }

  #unitOf(node: AnyNode): Unit {
    const { parents, units } = this.#work.scopes;
    let at = node;
    while (!units.has(at) || units.get(at)!.kind === "object") at = parents.get(at)!;
    return units.get(at)!;
  }
}

/** The built-in methods that change their object; the runtime knows which of them a given object has. */
const CHANGING =
  /^(push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|set\w*|add|delete|clear|next|return|throw)$/;

function declareMark(mark: number): string {
  return `const $t${mark}=$at[1];`;
}

/** The code of a constructor or of a field's value, not of a function inside it. */
function isUnderConstruction(unit: Unit): boolean {
  if (unit.kind === "field") return true;
  if (unit.kind !== "method") return false;
  const { node } = unit;
  const holder = unit.parent?.node;
  if (holder === undefined || (holder.type !== "ClassDeclaration" && holder.type !== "ClassExpression"))
    return false;
  return holder.body.body.some(
    (member) => member.type === "MethodDefinition" && member.kind === "constructor" && member.value === node,
  );
}

/** Where a statement can note the thread that makes the variable; null where none can before the write. */
function homeOf(variable: Variable, write: Identifier): AnyNode | null {
  let scope: Scope | null = variable.scope;
  while (scope !== null && (scope.kind === "loop" || scope.kind === "switch")) scope = scope.parent;
  if (scope === null || scope.kind === "class") return null;
  if (scope.kind === "catch") return scope.node.type === "CatchClause" ? scope.node.body : null;
  if (scope.kind !== "function" || !isFunction(scope.node)) return scope.node;
  const { body } = scope.node;
  if (write.start < body.start) return null;
  return body.type === "BlockStatement" ? body : scope.node;
}
