/** Owns: from declaration files to the signatures of the reference, as the editor shows them. */
import { posix } from "node:path";
import ts from "typescript";

/** Signatures by place, `guest/std/mutex#Mutex.lock`; several for overloads, and for a getter with its setter. */
export type Signatures = ReadonlyMap<string, readonly string[]>;

/** The place of a name, by the source file that declares it. */
export function signatureKey(file: string, name: string): string {
  return `${file.replace(/^src\//, "").replace(/\.ts$/, "")}#${name}`;
}

/** Reads declaration files, by address: `file:///types/guest/std/mutex.d.ts`. */
export function readSignatures(declarations: Readonly<Record<string, string>>): Signatures {
  const found = new Map<string, string[]>();
  for (const [address, text] of Object.entries(declarations)) {
    const file = /^file:\/\/\/types\/(.*)\.d\.ts$/.exec(address)?.[1];
    if (file === undefined) continue;
    const add = (name: string, signature: string) => {
      const key = `${file}#${name}`;
      found.set(key, [...(found.get(key) ?? []), signature]);
    };
    forEachDeclaration(parseDeclarations(text), (node, name) => add(name, signatureOf(node)));
  }
  return found;
}

export function parseDeclarations(text: string): ts.SourceFile {
  return ts.createSourceFile("declarations.d.ts", text, ts.ScriptTarget.Latest, true);
}

/** Every declaration of a file with its name, and those inside classes and interfaces as `Mutex.lock`, `Mutex.new`. */
export function forEachDeclaration(tree: ts.SourceFile, visit: (node: ts.Node, name: string) => void): void {
  for (const statement of tree.statements) {
    const name = nameOf(statement);
    if (name === undefined) continue;
    visit(statement, name);
    if (!ts.isClassDeclaration(statement) && !ts.isInterfaceDeclaration(statement)) continue;
    for (const member of statement.members) {
      const own = ts.isConstructorDeclaration(member) ? "new" : member.name?.getText();
      if (own !== undefined) visit(member, `${name}.${own}`);
    }
  }
}

/** The names that a declaration file exports, in reading order: its own, then those that it passes on. */
export function listExports(declarations: Readonly<Record<string, string>>, file: string): readonly string[] {
  const tree = parseDeclarations(declarations[`file:///types/${file}.d.ts`] ?? "");
  const own = tree.statements.map(nameOf).filter((name) => name !== undefined);
  const passedOn = tree.statements.filter(ts.isExportDeclaration).flatMap((statement) => {
    const { exportClause, moduleSpecifier } = statement;
    if (exportClause !== undefined && ts.isNamedExports(exportClause))
      return exportClause.elements.map(({ name }) => name.text);
    if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return [];
    return listExports(declarations, posix.join(posix.dirname(file), moduleSpecifier.text));
  });
  return [...own, ...passedOn];
}

function nameOf(statement: ts.Statement): string | undefined {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations[0]?.name.getText();
  return (statement as ts.Statement & { readonly name?: ts.Identifier }).name?.getText();
}

function signatureOf(node: ts.Node): string {
  const text = ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) ? headOf(node) : node.getText();
  const bare = text.replace(/^(export |declare )*/, "").replace(/;$/, "");
  if (ts.isConstructorDeclaration(node))
    return bare.replace(/^constructor/, `new ${node.parent.name?.text ?? ""}`);
  return bare
    .replaceAll(/\/\*\*([\s\S]*?)\*\//g, (_, doc: string) => `// ${sentenceOf(doc)}`)
    .replaceAll(/^( {4})+/gm, (indent) => indent.slice(indent.length / 2));
}

/** A docstring inside a type as one line, without its tags. */
function sentenceOf(doc: string): string {
  return doc
    .replaceAll(/^\s*\*/gm, "")
    .replace(/\s@\w[\s\S]*/, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** What a class or an interface is called, and what it extends. */
function headOf(node: ts.ClassDeclaration | ts.InterfaceDeclaration): string {
  const open = node.getChildren().find((child) => child.kind === ts.SyntaxKind.OpenBraceToken);
  const text = node.getSourceFile().text.slice(node.getStart(), open?.getStart() ?? node.end);
  return text.trim();
}
