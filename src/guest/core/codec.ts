import type { Encoded } from "./kernel.ts";
import { readTree } from "./tree-reading.ts";
import { NO_DATA, tryWriteTree, writeTree } from "./tree-writing.ts";

/*
 * Values that leave a thread are copied as structured data. The text forms are described in src/abi/payload.ts.
 * In JSON, one-key objects carry what JSON cannot say:
 *   {"$n":"NaN"} numbers   {"$u":1} undefined   {"$b":"12"} bigint   {"$d":0} Date   {"$m":[[k,v]]} Map
 *   {"$s":[v]} Set   {"$t":["Uint8Array",[1]]} typed array   {"$r":["a","g"]} RegExp
 *   {"$e":["Error","m",{…}]} Error with its own fields   {"$i":["Instant",1]} one of this library's own values
 *   {"$h":["tx",3]} handle   {"$@":4} the fifth object again
 *   {"$c":[2,content,[[…]],{…}]} instance of the program's class 2: what the language's class that it extends holds
 *   (see baseContent), the private fields of each class of the program it descends from, its own fields
 * A key of the program's own that begins with "$" gets another "$" in front.
 */

/** Encodes `value` for another thread. Functions and guards are refused, naming the path: `` `job.onDone` is a function ``. */
export function encode(value: unknown, what = "value"): Encoded {
  switch (typeof value) {
    case "number":
      return value;
    case "string":
      if (value.isWellFormed()) return `s${value}`;
      break;
    case "undefined":
      return "u";
    case "boolean":
      return value ? "t" : "f";
    case "object":
      if (value === null) return "z";
      break;
    default:
  }
  return textOf(writeTree(value, what));
}

/** Like `encode`; undefined for what cannot go to another thread. */
export function tryEncode(value: unknown): Encoded | undefined {
  if (typeof value !== "function" && (typeof value !== "object" || value === null)) return encode(value);
  try {
    return textOf(tryWriteTree(value));
  } catch (error) {
    if (error === NO_DATA) return undefined;
    throw error;
  }
}

function textOf({ tree, endpoints }: ReturnType<typeof writeTree>): Encoded {
  const json = JSON.stringify(tree);
  return endpoints.length === 0 ? `j${json}` : `h${endpoints.join(",")}|${json}`;
}

/** The value another thread encoded: always a fresh copy that belongs to the caller. */
export function decode(encoded: Encoded): unknown {
  if (typeof encoded === "number") return encoded;
  switch (encoded[0]) {
    case "s":
      return encoded.slice(1);
    case "u":
      return undefined;
    case "z":
      return null;
    case "t":
      return true;
    case "f":
      return false;
    case "h":
      return readTree(JSON.parse(encoded.slice(encoded.indexOf("|") + 1)));
    default: {
      const json = encoded.slice(1);
      const tree: unknown = JSON.parse(json);
      return json.includes('"$') ? readTree(tree) : tree;
    }
  }
}
