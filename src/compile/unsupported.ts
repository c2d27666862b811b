/** Owns: what TypeScript allows and a program here may not contain. */
import type { AnyNode, Program } from "acorn";
import { unsupported } from "./diagnostics.ts";
import type { Origins } from "./origin.ts";
import type { Diagnostic } from "./program.ts";
import { children, isClass, isFunction } from "./syntax-tree.ts";

const GENERATORS =
  "Generators are the async functions of this course: write `function*`, and `yield*` for `await`.";

/** The map places an exported function at its `export`. */
const EXPORT = /export[ \t]+(?:default[ \t]+)?/y;

/** Names that instrumented code defines around the program. */
const RESERVED = /^\$([acgpovinmkquwy]|at|rt|t\d+)$/;

/** Finds async code, dynamic imports, `import.meta` and names that the instrumentation uses. */
export function findUnsupported(program: Program, origins: Origins): Diagnostic[] {
  const found: Diagnostic[] = [];
  const visit = (node: AnyNode, parent: AnyNode, inAsync: boolean): void => {
    const problem = problemOf(node, inAsync);
    if (problem !== null) {
      const place = origins.placeBehind(isMethod(node, parent) ? parent.start : node.start, EXPORT);
      found.push(unsupported(problem[0], problem[1], place));
    }
    const inside = isFunction(node) ? node.async : inAsync;
    for (const child of children(node)) visit(child, node, inside);
    if ((isFunction(node) || isClass(node)) && node.id) visit(node.id, node, inside);
  };
  visit(program, program, false);
  return found;
}

/** A method's function starts behind its name, its `async` stands before. */
function isMethod(node: AnyNode, parent: AnyNode): boolean {
  return (
    isFunction(node) && (parent.type === "MethodDefinition" || (parent.type === "Property" && parent.method))
  );
}

function problemOf(node: AnyNode, inAsync: boolean): readonly [message: string, hint: string] | null {
  if (isFunction(node) && node.async) return ["`async` functions do not exist here", GENERATORS];
  switch (node.type) {
    case "AwaitExpression":
      return inAsync ? null : ["`await` does not exist here", GENERATORS];
    case "ForOfStatement":
      return node.await && !inAsync ? ["`for await` does not exist here", GENERATORS] : null;
    case "VariableDeclaration":
      return node.kind === "await using" && !inAsync
        ? ["`await using` does not exist here", "Write `using`."]
        : null;
    case "ImportExpression":
      return ["`import()` does not exist here", "Write `import { … } from` at the top of the file."];
    case "MetaProperty":
      return node.meta.name === "import"
        ? ["`import.meta` does not exist here", "A program has no address."]
        : null;
    case "Identifier":
      return RESERVED.test(node.name)
        ? [`\`${node.name}\` is a name that the simulated computer uses itself`, "Choose another name."]
        : null;
    default:
      return null;
  }
}
