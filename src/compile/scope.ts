/**
 * Owns: which variable every identifier of the bundle means, and in which function it is used.
 * Simplifies: the temporal dead zone is not modelled, and `arguments` counts as a global. Neither changes
 * which variable a name means.
 */
import type { AnyNode, Identifier, Program, Super, ThisExpression, VariableDeclaration } from "acorn";
import { children, type ClassNode, type FunctionNode, isClass, isFunction, leaves } from "./syntax-tree.ts";

/**
 * A piece of code with its own free variables. `method` and `field` code belongs to the `class` or `object`
 * unit around it; only `arrow` passes `this` on.
 */
export interface Unit {
  readonly kind: "module" | "function" | "arrow" | "method" | "field" | "class" | "object";
  readonly node: AnyNode;
  readonly parent: Unit | null;
}

export interface Scope {
  readonly kind: "module" | "function" | "body" | "block" | "loop" | "switch" | "catch" | "class";
  readonly node: AnyNode;
  readonly parent: Scope | null;
  readonly unit: Unit;
  readonly variables: Map<string, Variable>;
}

export interface Variable {
  readonly name: string;
  readonly scope: Scope;
  readonly declared: Identifier;
  /** True for what an import declaration that bundling left binds. */
  readonly library: boolean;
}

export interface Reference {
  readonly node: Identifier;
  readonly scope: Scope;
  readonly unit: Unit;
}

/** A use of `this` (or `super`, which needs it). */
export interface ThisUse {
  readonly node: ThisExpression | Super;
  readonly unit: Unit;
}

export interface Scopes {
  readonly parents: ReadonlyMap<AnyNode, AnyNode>;
  readonly units: ReadonlyMap<AnyNode, Unit>;
  readonly references: readonly Reference[];
  readonly thisUses: readonly ThisUse[];
  /** The variable and unit of a reference; undefined for globals. */
  resolve(node: Identifier): { readonly variable: Variable; readonly unit: Unit } | undefined;
}

/** Finds the scopes of a module. */
export function resolveScopes(program: Program): Scopes {
  const builder = new ScopeBuilder(program);
  const resolved = new Map<Identifier, { variable: Variable; unit: Unit }>();
  for (const { node, scope, unit } of builder.references) {
    const variable = lookUp(scope, node.name);
    if (variable !== undefined) resolved.set(node, { variable, unit });
  }
  return {
    parents: builder.parents,
    units: builder.units,
    references: builder.references,
    thisUses: builder.thisUses,
    resolve: (node) => resolved.get(node),
  };
}

function lookUp(scope: Scope, name: string): Variable | undefined {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const variable = at.variables.get(name);
    if (variable !== undefined) return variable;
  }
  return undefined;
}

class ScopeBuilder {
  readonly parents = new Map<AnyNode, AnyNode>();
  readonly units = new Map<AnyNode, Unit>();
  readonly references: Reference[] = [];
  readonly thisUses: ThisUse[] = [];

  constructor(program: Program) {
    const unit = this.#unit("module", program, null);
    this.#visitChildren(program, this.#scope("module", program, null, unit), unit);
  }

  #unit(kind: Unit["kind"], node: AnyNode, parent: Unit | null): Unit {
    const unit: Unit = { kind, node, parent };
    this.units.set(node, unit);
    return unit;
  }

  #scope(kind: Scope["kind"], node: AnyNode, parent: Scope | null, unit: Unit): Scope {
    return { kind, node, parent, unit, variables: new Map() };
  }

  #declare(scope: Scope, declared: Identifier, library = false): void {
    if (scope.variables.has(declared.name)) return;
    scope.variables.set(declared.name, { name: declared.name, scope, declared, library });
  }

  #visitChildren(node: AnyNode, scope: Scope, unit: Unit): void {
    for (const child of children(node)) this.#visit(child, node, scope, unit);
  }

  #visit(node: AnyNode, parent: AnyNode, scope: Scope, unit: Unit): void {
    this.parents.set(node, parent);
    if (isFunction(node)) return this.#visitFunction(node, scope, unit, functionKind(node));
    if (isClass(node)) return this.#visitClass(node, scope, unit);
    switch (node.type) {
      case "Identifier":
        this.references.push({ node, scope, unit });
        return;
      case "ThisExpression":
      case "Super":
        this.thisUses.push({ node, unit });
        return;
      case "ImportDeclaration":
        for (const specifier of node.specifiers) this.#declare(scope, specifier.local, true);
        return;
      case "VariableDeclaration":
        this.#declareVariables(node, scope);
        break;
      case "ObjectExpression":
        return this.#visitObject(node, scope, unit);
      case "BlockStatement":
        return this.#visitChildren(node, this.#scope("block", node, scope, unit), unit);
      case "ForStatement":
      case "ForInStatement":
      case "ForOfStatement":
        return this.#visitChildren(node, this.#scope("loop", node, scope, unit), unit);
      case "SwitchStatement":
        return this.#visitChildren(node, this.#scope("switch", node, scope, unit), unit);
      case "CatchClause": {
        const inner = this.#scope("catch", node, scope, unit);
        if (node.param) for (const leaf of leaves(node.param)) this.#declareLeaf(inner, leaf);
        return this.#visitChildren(node, inner, unit);
      }
    }
    this.#visitChildren(node, scope, unit);
  }

  #declareLeaf(scope: Scope, leaf: AnyNode): void {
    if (leaf.type === "Identifier") this.#declare(scope, leaf);
  }

  #declareVariables(node: VariableDeclaration, scope: Scope): void {
    let home = scope;
    if (node.kind === "var") while (home.kind !== "module" && home.kind !== "body") home = home.parent!;
    for (const { id } of node.declarations) for (const leaf of leaves(id)) this.#declareLeaf(home, leaf);
  }

  #visitFunction(node: FunctionNode, scope: Scope, unit: Unit, kind: Unit["kind"]): void {
    if (node.type === "FunctionDeclaration" && node.id) this.#declare(scope, node.id);
    const inner = this.#unit(kind, node, unit);
    const own = this.#scope("function", node, scope, inner);
    if (node.type === "FunctionExpression" && node.id) this.#declare(own, node.id);
    for (const param of node.params) {
      for (const leaf of leaves(param)) this.#declareLeaf(own, leaf);
    }
    for (const param of node.params) this.#visit(param, node, own, inner);
    this.parents.set(node.body, node);
    if (node.body.type !== "BlockStatement") return this.#visit(node.body, node, own, inner);
    this.#visitChildren(node.body, this.#scope("body", node.body, own, inner), inner);
  }

  /** A class's members are one unit: its free variables are those of all of them. `extends` and `[keys]` are outside. */
  #visitClass(node: ClassNode, scope: Scope, unit: Unit): void {
    if (node.type === "ClassDeclaration" && node.id) this.#declare(scope, node.id);
    if (node.superClass) this.#visit(node.superClass, node, scope, unit);
    const inner = this.#unit("class", node, unit);
    const own = this.#scope("class", node, scope, inner);
    if (node.id) this.#declare(own, node.id);
    this.parents.set(node.body, node);
    for (const member of node.body.body) {
      this.parents.set(member, node.body);
      if (member.type === "StaticBlock") {
        const field = this.#unit("field", member, inner);
        this.#visitChildren(member, this.#scope("body", member, own, field), field);
        continue;
      }
      if (member.computed) this.#visit(member.key, member, own, unit);
      if (member.type === "MethodDefinition") this.#visitMethod(member.value, member, own, inner);
      else if (member.value) this.#visit(member.value, member, own, this.#unit("field", member, inner));
    }
  }

  #visitMethod(value: FunctionNode, holder: AnyNode, scope: Scope, unit: Unit): void {
    this.parents.set(value, holder);
    this.#visitFunction(value, scope, unit, "method");
  }

  /** Methods and accessors of an object literal are one unit; functions that are values stand for themselves. */
  #visitObject(node: Extract<AnyNode, { type: "ObjectExpression" }>, scope: Scope, unit: Unit): void {
    const inner = this.#unit("object", node, unit);
    for (const property of node.properties) {
      this.parents.set(property, node);
      if (property.type === "SpreadElement") {
        this.#visit(property.argument, property, scope, unit);
        continue;
      }
      if (property.computed) this.#visit(property.key, property, scope, unit);
      const isMethod = property.method || property.kind !== "init";
      if (isMethod && isFunction(property.value)) this.#visitMethod(property.value, property, scope, inner);
      else this.#visit(property.value, property, scope, unit);
    }
  }
}

function functionKind(node: FunctionNode): Unit["kind"] {
  return node.type === "ArrowFunctionExpression" ? "arrow" : "function";
}
