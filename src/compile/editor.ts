/** Owns: putting text around and into pieces of the bundle. Wrap inner nodes before outer ones. */
import type { AnyNode } from "acorn";
import MagicString from "magic-string";

export class Editor {
  readonly code: string;
  readonly text: MagicString;
  readonly #starts = new Map<AnyNode, string>();

  constructor(code: string) {
    this.code = code;
    this.text = new MagicString(code);
  }

  wrap(node: AnyNode, before: string, after: string): void {
    this.text.prependRight(node.start, before);
    this.text.appendLeft(node.end, after);
  }

  /** Makes an expression the first argument of a call: `$a(node, 12)`. A comma expression keeps its parentheses. */
  pass(node: AnyNode, callee: string, rest: string): void {
    const isSequence = node.type === "SequenceExpression";
    this.wrap(node, isSequence ? `${callee}((` : `${callee}(`, isSequence ? `),${rest})` : `,${rest})`);
  }

  /** Puts text directly behind an offset, before anything that starts there. */
  insert(offset: number, text: string): void {
    this.text.appendLeft(offset, text);
  }

  /** Adds statements to the start of a block, a function body, a static block or a `case`, behind directives. */
  addToStart(block: AnyNode, statements: string): void {
    this.#starts.set(block, (this.#starts.get(block) ?? "") + statements);
  }

  /** Writes what `addToStart` collected; returns what belongs to the start of the module. */
  writeStarts(): string {
    let moduleStart = "";
    for (const [block, statements] of this.#starts) {
      if (block.type === "Program") moduleStart += statements;
      else this.insert(this.#startOf(block), statements);
    }
    return moduleStart;
  }

  #startOf(block: AnyNode): number {
    if (block.type === "SwitchCase") return block.consequent[0]!.start;
    const open = block.type === "StaticBlock" ? this.code.indexOf("{", block.start) : block.start;
    let offset = open + 1;
    if (block.type !== "BlockStatement") return offset;
    for (const statement of block.body) {
      if (statement.type !== "ExpressionStatement" || statement.directive === undefined) break;
      offset = statement.end;
    }
    return offset;
  }
}
