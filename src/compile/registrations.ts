/**
 * Owns: telling the runtime what each function, object and class carries: `$c(what, id, reader)`,
 * `$p(class, reader, writer, names)`, `$k(class)`.
 */
import type { AnyNode, ObjectExpression } from "acorn";
import { type Capture, findCaptures } from "./captures.ts";
import type { Instrumentation } from "./instrumentation.ts";
import { inferredName } from "./naming.ts";
import { isAtTop, privateFields } from "./revival.ts";
import type { Unit } from "./scope.ts";
import type { ClassNode, FunctionNode } from "./syntax-tree.ts";

export class Registrations {
  readonly #work: Instrumentation;
  readonly #captures: ReadonlyMap<Unit, readonly Capture[]>;
  readonly #names: (readonly string[])[] = [];

  constructor(work: Instrumentation) {
    this.#work = work;
    this.#captures = findCaptures(work);
  }

  /** The names of all registered captures, by id, as an array literal; "" where there are none. */
  names(): string {
    return this.#names.length === 0
      ? ""
      : `[,${this.#names.map((names) => JSON.stringify(names)).join(",")}]`;
  }

  registerFunction(node: FunctionNode): void {
    const { editor, scopes } = this.#work;
    const parent = scopes.parents.get(node)!;
    if (scopes.units.get(node)?.kind === "method") return;
    if (node.type === "ArrowFunctionExpression" && isCalledAtOnce(node, parent)) return;
    const rest = this.#rest(node);
    if (rest === null) return;
    if (node.type === "FunctionDeclaration") {
      editor.addToStart(parent, `$c(${node.id.name},${rest});`);
      return;
    }
    const declared = soleDeclaration(scopes.parents, node, parent);
    if (declared !== null) {
      editor.insert(declared.end, `$c(${declared.name},${rest});`);
      return;
    }
    const name = node.type === "FunctionExpression" && node.id ? null : inferredName(this.#work, node);
    editor.wrap(node, "$c(", name === null ? `,${rest})` : `,${rest},${JSON.stringify(name)})`);
  }

  registerObject(node: ObjectExpression): void {
    const rest = this.#rest(node);
    if (rest !== null) this.#work.editor.wrap(node, "$c(", `,${rest})`);
  }

  registerClass(node: ClassNode): void {
    const fields = privateFields(node);
    const rest = this.#rest(node);
    const statements =
      (isAtTop(this.#work.scopes.parents, node) ? "$k(this);" : "") +
      (fields.length === 0 ? "" : `$p(${privateAccess(fields)});`) +
      (rest === null ? "" : `$c(this,${rest});`);
    if (statements !== "") this.#work.editor.insert(node.body.end - 1, `static{${statements}}`);
    this.#restoreName(node);
  }

  /** Bundling renames classes, and a class's name is what programs print. */
  #restoreName(node: ClassNode): void {
    const { scopes, origins, editor } = this.#work;
    const parent = scopes.parents.get(node);
    const declared =
      parent?.type === "VariableDeclarator" && parent.id.type === "Identifier" ? parent.id : null;
    const id = node.id ?? declared;
    if (!id) return;
    const name = origins.spelling(id);
    const hasOwn = node.body.body.some(
      (member) =>
        member.type !== "StaticBlock" &&
        member.static &&
        member.key.type === "Identifier" &&
        member.key.name === "name",
    );
    if (name !== id.name && !hasOwn)
      editor.insert(node.body.start + 1, `static name=${JSON.stringify(name)};`);
  }

  /** `id, reader` of a generator function's frame: what it `holds` itself, then what it captures. */
  frame(node: AnyNode, holds: readonly Capture[]): string {
    const unit = this.#work.scopes.units.get(node);
    const captured = (unit && this.#captures.get(unit)) ?? [];
    const all = [...holds, ...captured];
    const id = this.#names.push(all.map(({ text }) => text));
    return all.length === 0 ? `${id},()=>{}` : `${id},${reader(all)}`;
  }

  /** `id, reader` of a unit; null where it carries nothing. */
  #rest(node: AnyNode): string | null {
    const unit = this.#work.scopes.units.get(node);
    const captures = unit === undefined ? undefined : this.#captures.get(unit);
    if (captures === undefined) return null;
    const id = this.#names.push(captures.map(({ text }) => text));
    return `${id},${reader(captures)}`;
  }
}

/** `this, reader, writer, names` for the runtime. */
function privateAccess(fields: readonly string[]): string {
  const read = fields.map((name) => `${name} in o?o.${name}:void 0`).join(",");
  const write = fields.map((name, i) => `o.${name}=v[${i}];`).join("");
  return `this,o=>[${read}],(o,v)=>{${write}},${JSON.stringify(fields)}`;
}

function reader(captures: readonly Capture[]): string {
  if (captures.length === 1) return `()=>${place(captures[0]!.code)}`;
  const last = captures.length - 1;
  return `$n=>${captures.map(({ code }, i) => (i === last ? place(code) : `$n===${i}?${place(code)}:`)).join("")}`;
}

/** A path is read by the runtime, which runs no getter and stops at handles; private names only the code itself can read. */
function place(code: string): string {
  const names = code.split(".");
  const plain = names.findLastIndex((name) => name.startsWith("#")) + 1;
  const base = names.slice(0, Math.max(1, plain));
  const rest = names.slice(base.length);
  return rest.length === 0
    ? code
    : `$q(${[base.join("."), ...rest.map((name) => JSON.stringify(name))].join(",")})`;
}

/** An arrow function that is called where it stands is kept by nobody. */
function isCalledAtOnce(node: AnyNode, parent: AnyNode): boolean {
  return parent.type === "CallExpression" && parent.callee === node;
}

/** The declaration `const f = node;`, where a statement can follow it: so the function keeps its inferred name. */
function soleDeclaration(
  parents: ReadonlyMap<AnyNode, AnyNode>,
  node: AnyNode,
  declarator: AnyNode,
): { name: string; end: number } | null {
  if (declarator.type !== "VariableDeclarator" || declarator.init !== node) return null;
  const declaration = parents.get(declarator)!;
  if (declaration.type !== "VariableDeclaration" || declaration.declarations.length !== 1) return null;
  if (declaration.kind === "using" || declarator.id.type !== "Identifier") return null;
  const holder = parents.get(declaration)?.type ?? "";
  if (!["Program", "BlockStatement", "StaticBlock", "SwitchCase"].includes(holder)) return null;
  return { name: declarator.id.name, end: declaration.end };
}
