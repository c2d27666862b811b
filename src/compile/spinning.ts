/**
 * Owns: which loops wait for a plain variable or field that nothing in them can change, as in `while (!done) {}`.
 * A thread has copies, so such a wait never ends; the machine names it when the thread is stopped (DESIGN 4).
 */
import type { AnyNode, DoWhileStatement, ForStatement, WhileStatement } from "acorn";
import type { Instrumentation } from "./instrumentation.ts";
import { children, isFunction, leaves } from "./syntax-tree.ts";

/** What `loop` waits for: `done`, `this.stop`; "" where it may end by itself, or calls what may change it. */
export function waitedFor(
  work: Instrumentation,
  loop: WhileStatement | DoWhileStatement | ForStatement,
): string {
  if (!loop.test) return "";
  const written = new Set<string>();
  const isClosed = (node: AnyNode): boolean => {
    if (EXITS.has(node.type) || isFunction(node) || runsOtherCode(work, node)) return false;
    for (const target of targetsOf(node)) written.add(work.origins.path(target));
    return children(node).every(isClosed);
  };
  if (!children(loop).every(isClosed)) return "";
  const paths = pathsIn(work, loop.test);
  const isWritten = (path: string): boolean =>
    [...written].some((w) => path === w || path.startsWith(`${w}.`));
  // Several operands: any of them could be meant, unless the loop itself changes one.
  return paths.some(isWritten) ? "" : (paths[0] ?? "");
}

const EXITS: ReadonlySet<string> = new Set([
  "BreakStatement",
  "ReturnStatement",
  "ThrowStatement",
  "YieldExpression",
]);

/** Calls of the library's functions change nothing that the loop's condition reads. */
function runsOtherCode({ scopes }: Instrumentation, node: AnyNode): boolean {
  if (node.type === "NewExpression" || node.type === "TaggedTemplateExpression") return true;
  if (node.type !== "CallExpression") return false;
  return node.callee.type !== "Identifier" || scopes.resolve(node.callee)?.variable.library !== true;
}

function targetsOf(node: AnyNode): readonly AnyNode[] {
  if (node.type === "AssignmentExpression") return leaves(node.left);
  if (node.type === "UpdateExpression") return [node.argument];
  return [];
}

/** The variables and fields that a condition reads, as their author writes them. */
function pathsIn(work: Instrumentation, node: AnyNode): string[] {
  if (node.type === "CallExpression") return [];
  if (node.type === "Identifier" || node.type === "MemberExpression") {
    const path = work.origins.path(node);
    const isConstant = node.type === "Identifier" && work.scopes.resolve(node) === undefined;
    if (path !== "") return isConstant ? [] : [path];
  }
  return children(node).flatMap((child) => pathsIn(work, child));
}
