/**
 * Card marking: makes a module note where it writes, in a table with a byte a card of memory, so that a guest can be
 * set back, or copied, by copying only what has changed. A write barrier as garbage collectors have it.
 * Source: P. R. Wilson, T. G. Moher, "Design of the Opportunistic Garbage Collector", OOPSLA 1989.
 *
 * Works on the module's text as wasm-dis prints it: each store's address goes through `$mark`, and each bulk copy and
 * fill through a function that marks all it covers. Stores into a function's own frame are left alone: the stack is
 * always copied.
 */
import { CARD_SHIFT, CARDS } from "#vm";
import { endOfExpression, splitModule } from "./wasm-text.ts";

const MARKING = `
 (func $mark (param $address i32) (param $offset i32) (result i32)
  (i32.store8 offset=${CARDS}
   (i32.shr_u (i32.add (local.get $address) (local.get $offset)) (i32.const ${CARD_SHIFT}))
   (i32.const 1))
  (local.get $address))
 (func $mark_range (param $start i32) (param $length i32)
  (if (local.get $length)
   (then
    (memory.fill
     (i32.add (i32.const ${CARDS}) (i32.shr_u (local.get $start) (i32.const ${CARD_SHIFT})))
     (i32.const 1)
     (i32.add
      (i32.sub
       (i32.shr_u
        (i32.sub (i32.add (local.get $start) (local.get $length)) (i32.const 1))
        (i32.const ${CARD_SHIFT}))
       (i32.shr_u (local.get $start) (i32.const ${CARD_SHIFT})))
      (i32.const 1))))))
 (func $copy_marked (param $to i32) (param $from i32) (param $length i32)
  (call $mark_range (local.get $to) (local.get $length))
  (memory.copy (local.get $to) (local.get $from) (local.get $length)))
 (func $fill_marked (param $to i32) (param $value i32) (param $length i32)
  (call $mark_range (local.get $to) (local.get $length))
  (memory.fill (local.get $to) (local.get $value) (local.get $length)))
`;

const STORE = /\((?:[if](?:32|64)|v128)\.store(?:8|16|32)?(?: offset=(\d+))?(?: align=\d+)?\s*(?=\()/g;

/** The text of a module that marks the cards it writes to. Throws where `text` is not what wasm-dis prints. */
export function markCards(text: string): string {
  const { head, functions, tail } = splitModule(text);
  return `${head}${functions.map(markFunction).join("")}${MARKING}${tail}`;
}

function markFunction(code: string): string {
  const bulk = code
    .replaceAll("(memory.copy", "(call $copy_marked")
    .replaceAll("(memory.fill", "(call $fill_marked");
  const isFrame = frameTest(bulk);
  const inserted: { readonly at: number; readonly text: string }[] = [];
  for (const match of bulk.matchAll(STORE)) {
    const from = match.index + match[0].length;
    const to = endOfExpression(bulk, from);
    const address = bulk.slice(from, to);
    if (isFrame(address)) continue;
    const offset = Number(match[1] ?? 0);
    if (address.startsWith("(local.get "))
      inserted.push({ at: from, text: markLocal(address, offset) }, { at: to, text: ")" });
    else inserted.push({ at: from, text: "(call $mark " }, { at: to, text: ` (i32.const ${offset}))` });
  }
  inserted.sort((a, b) => a.at - b.at);
  const parts: string[] = [];
  let done = 0;
  for (const { at, text } of inserted) {
    parts.push(bulk.slice(done, at), text);
    done = at;
  }
  return parts.join("") + bulk.slice(done);
}

/** The beginning of a block that marks, and then gives the variable that follows: what `$mark` does, without a call. */
function markLocal(variable: string, offset: number): string {
  const address = offset === 0 ? variable : `(i32.add ${variable} (i32.const ${offset}))`;
  const card = `(i32.shr_u ${address} (i32.const ${CARD_SHIFT}))`;
  return `(block (result i32) (i32.store8 offset=${CARDS} ${card} (i32.const 1)) `;
}

/** Tells the variable that holds a function's frame: its only value is the stack pointer less a constant. */
function frameTest(code: string): (address: string) => boolean {
  const frames = new Set<string>();
  for (const [, name = ""] of code.matchAll(
    /\(local\.(?:set|tee) (\$\S+)\s+\(i32\.sub\s+\(global\.get \$global\$0\)\s+\(i32\.const/g,
  ))
    if (code.split(new RegExp(`\\(local\\.(?:set|tee) ${name.replaceAll("$", "\\$")}\\s`)).length === 2)
      frames.add(name);
  return (address) => frames.has(/^\(local\.get (\$\S+)\)$/.exec(address)?.[1] ?? "");
}
