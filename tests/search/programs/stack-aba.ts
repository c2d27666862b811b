// A lock-free stack finds its top again and takes it for unchanged; what lay below has gone meanwhile.
import { assert } from "std/assert";
import { AtomicI32, SharedCell } from "std/sync";
import { runThreads } from "./bodies";

const NONE = 15;

/** Nodes by number, the top in the lowest four bits of `head`; above them what `tag` makes of the value before. */
class Stack {
  readonly head = new AtomicI32(0);
  readonly below = [1, 2, NONE].map((node) => new SharedCell(node));
  readonly #tag: (head: number) => number;

  constructor(tag: (head: number) => number) {
    this.#tag = tag;
  }

  push(node: number): void {
    for (;;) {
      const head = this.head.load();
      this.below[node]?.set(head & NONE);
      if (this.head.compareExchange(head, this.#tag(head) | node).ok) return;
    }
  }

  pop(): number {
    for (;;) {
      const head = this.head.load();
      const top = head & NONE;
      if (top === NONE) return NONE;
      const below = this.below[top]?.get() ?? NONE;
      if (this.head.compareExchange(head, this.#tag(head) | below).ok) return top;
    }
  }

  holds(node: number): boolean {
    for (let at = this.head.load() & NONE; at !== NONE; at = this.below[at]?.get() ?? NONE)
      if (at === node) return true;
    return false;
  }
}

function popAndPush(tag: (head: number) => number): void {
  const stack = new Stack(tag);
  const kept = new SharedCell(NONE);
  const swap = () => {
    const first = stack.pop();
    kept.set(stack.pop());
    stack.push(first);
  };
  runThreads(() => void stack.pop(), swap);
  assert(!stack.holds(kept.get()), "a node that was taken is on the stack");
}

export function wrong(): void {
  popAndPush(() => 0);
}

export function right(): void {
  popAndPush((head) => (head & ~NONE) + NONE + 1);
}
