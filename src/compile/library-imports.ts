/** Owns: the imports and exports that bundling leaves: the library's modules, and what the program offers. */
import type { AnyNode, ExportNamedDeclaration, Identifier, ImportDeclaration, Literal, Program } from "acorn";
import { REQUIRED_EXPORT } from "./bundle.ts";
import { noSuchExport } from "./diagnostics.ts";
import type { Editor } from "./editor.ts";
import type { Origins } from "./origin.ts";
import type { Diagnostic } from "./program.ts";
import type { Scopes } from "./scope.ts";

type Library = Readonly<Record<string, readonly string[]>>;

/** Finds names that the library does not export, in import lists and behind `import * as`. */
export function findMissingNames(
  program: Program,
  scopes: Scopes,
  origins: Origins,
  library: Library,
): Diagnostic[] {
  const found: Diagnostic[] = [];
  const report = (module: string, name: string, node: AnyNode): void => {
    const names = library[module];
    if (names === undefined || names.includes(name)) return;
    found.push(noSuchExport(module, name, { names }, origins.place(node.start)));
  };
  const spaces = new Map<Identifier, string>();
  for (const node of program.body) {
    if (node.type === "ExportNamedDeclaration" && node.source) {
      for (const { local } of node.specifiers) report(String(node.source.value), nameOf(local), local);
    }
    if (node.type !== "ImportDeclaration") continue;
    const module = String(node.source.value);
    for (const specifier of node.specifiers) {
      if (specifier.type === "ImportSpecifier") report(module, nameOf(specifier.imported), specifier);
      else if (specifier.type === "ImportDefaultSpecifier") report(module, "default", specifier);
      else spaces.set(specifier.local, module);
    }
  }
  for (const { node } of scopes.references) {
    const module = spaces.get(scopes.resolve(node)?.variable.declared ?? node);
    const member = scopes.parents.get(node);
    if (module === undefined || member?.type !== "MemberExpression" || member.object !== node) continue;
    if (!member.computed && member.property.type === "Identifier")
      report(module, member.property.name, member.property);
  }
  return found;
}

function nameOf(node: Identifier | Literal): string {
  return node.type === "Identifier" ? node.name : String(node.value);
}

function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** Takes the imports out of the bundle; returns the declarations that stand for them, for the start of the module. */
export function takeImports(program: Program, editor: Editor): string {
  let declarations = "";
  for (const node of program.body) {
    if (node.type !== "ImportDeclaration") continue;
    editor.text.remove(node.start, node.end);
    declarations += declareImport(node);
  }
  return declarations;
}

function declareImport(node: ImportDeclaration): string {
  const module = `$rt.modules[${JSON.stringify(node.source.value)}]`;
  const names: string[] = [];
  let declarations = "";
  for (const specifier of node.specifiers) {
    const local = specifier.local.name;
    if (specifier.type === "ImportNamespaceSpecifier") {
      declarations += `const ${local}=${module};`;
      continue;
    }
    const imported = specifier.type === "ImportSpecifier" ? nameOf(specifier.imported) : "default";
    names.push(imported === local ? local : `${propertyName(imported)}:${local}`);
  }
  return names.length === 0 ? declarations : `${declarations}const {${names.join(",")}}=${module};`;
}

/** Takes the exports out of the bundle; returns the object that the program's function returns, with live bindings. */
export function takeExports(program: Program, editor: Editor): string {
  const members: string[] = [];
  for (const node of program.body) {
    if (node.type === "ExportAllDeclaration") {
      const module = `$rt.modules[${JSON.stringify(node.source.value)}]`;
      members.push(node.exported ? `${JSON.stringify(nameOf(node.exported))}:${module}` : `...${module}`);
    } else if (node.type === "ExportNamedDeclaration") {
      members.push(...exportedMembers(node));
    } else {
      continue;
    }
    editor.text.remove(node.start, node.end);
  }
  return `{${members.join(",")}}`;
}

function exportedMembers(node: ExportNamedDeclaration): string[] {
  const module = node.source ? `$rt.modules[${JSON.stringify(node.source.value)}]` : null;
  return node.specifiers.flatMap(({ local, exported }) => {
    const name = nameOf(exported);
    if (REQUIRED_EXPORT.test(name)) return [];
    const value = module === null ? nameOf(local) : `${module}[${JSON.stringify(nameOf(local))}]`;
    return [`get ${propertyName(name)}(){return ${value}}`];
  });
}
