/**
 * Owns: making the classes of a program constructible without running their code, which an instance with private
 * fields needs to arrive in another thread: only a class's own constructor can put private fields on an object.
 * While `$w.on`, fields start empty and constructors stop: `#n=$w.on?void 0:(init)`, `constructor(){if($w.on)return;…}`.
 */
import type { AnyNode, Class, Program } from "acorn";
import type { Instrumentation } from "./instrumentation.ts";
import { children, type ClassNode, isClass, isFunction } from "./syntax-tree.ts";

export class Revival {
  readonly #work: Instrumentation;
  readonly #classes: ReadonlySet<AnyNode>;

  constructor(work: Instrumentation, program: Program) {
    this.#work = work;
    this.#classes = revivable(program, work.scopes.parents);
  }

  prepare(node: ClassNode): void {
    if (!this.#classes.has(node)) return;
    const { editor } = this.#work;
    const isDerived = Boolean(node.superClass);
    let isConstructed = false;
    for (const member of node.body.body) {
      if (member.type === "PropertyDefinition" && !member.static && member.value && runs(member.value))
        editor.wrap(member.value, "($w.on?void 0:(", "))");
      if (member.type !== "MethodDefinition" || member.kind !== "constructor") continue;
      isConstructed = true;
      const stop = isDerived ? "if($w.on){super(...$w.next());return;}" : "if($w.on)return;";
      editor.addToStart(member.value.body, stop);
    }
    if (isDerived && !isConstructed)
      editor.insert(node.body.start + 1, "constructor(...$n){super(...($w.on?$w.next():$n));}");
  }
}

/** True for a class that every thread has from the beginning: declared at the top of a module. */
export function isAtTop(parents: ReadonlyMap<AnyNode, AnyNode>, node: ClassNode): boolean {
  let at = parents.get(node);
  if (at?.type === "VariableDeclarator") at = parents.get(at);
  if (at?.type === "VariableDeclaration") at = parents.get(at);
  if (at?.type === "ExportNamedDeclaration") at = parents.get(at);
  return at?.type === "Program";
}

/** Names of the private fields that an instance of the class has. */
export function privateFields(node: Class): readonly string[] {
  return node.body.body.flatMap((member) =>
    member.type === "PropertyDefinition" && !member.static && member.key.type === "PrivateIdentifier"
      ? [`#${member.key.name}`]
      : [],
  );
}

/** Where no class at the top has private fields there are none; else these, and what they extend or are extended by. */
function revivable(program: Program, parents: ReadonlyMap<AnyNode, AnyNode>): ReadonlySet<AnyNode> {
  const all: ClassNode[] = [];
  const visit = (node: AnyNode): void => {
    if (isClass(node) && isAtTop(parents, node)) all.push(node);
    for (const child of children(node)) visit(child);
  };
  for (const statement of program.body)
    if (statement.type === "ClassDeclaration" || statement.type === "VariableDeclaration") visit(statement);
  if (!all.some((node) => privateFields(node).length > 0)) return new Set();
  const extended = new Set(
    all.map(({ superClass }) => (superClass?.type === "Identifier" ? superClass.name : "")),
  );
  const nameOf = (node: ClassNode): string => {
    const parent = parents.get(node);
    const isBound = parent?.type === "VariableDeclarator" && parent.id.type === "Identifier";
    return isBound ? (parent.id as { name: string }).name : (node.id?.name ?? "");
  };
  return new Set(
    all.filter((node) => node.superClass || privateFields(node).length > 0 || extended.has(nameOf(node))),
  );
}

/** False for values that are made without running any of the program's code. */
function runs(value: AnyNode): boolean {
  return value.type !== "Literal" && !isFunction(value);
}
