import { expect, it } from "vitest";
import { findCallers, findSuspending } from "../../src/build/suspending-functions.ts";

const TEXT = `(module
 (type $compare (func (param i32 i32 i32) (result i32)))
 (type $method (func (param i32 i64) (result i64)))
 (import "env" "host_call" (func $host (param i32) (result i32)))
 (import "env" "other" (func $other (param i32) (result i32)))
 (elem $0 (i32.const 1) $comparison $allocate $method_that_calls)
 (func $comparison (param $0 i32) (param $1 i32) (param $2 i32) (result i32)
  (call $host (local.get $0))
 )
 (func $allocate (param $0 i32) (param $1 i32) (param $2 i32) (result i32)
  (call $other (local.get $0))
 )
 (func $method_that_calls (param $0 i32) (param $1 i64) (result i64)
  (drop (call $host (local.get $0)))
  (local.get $1)
 )
 (func $sort (param $0 i32) (result i32)
  (call_indirect $table (type $compare) (i32.const 1) (i32.const 2) (i32.const 3) (local.get $0))
 )
 (func $grow (param $0 i32) (result i32)
  (call_indirect $table (type $compare) (i32.const 1) (i32.const 2) (i32.const 3) (local.get $0))
 )
 (func $call_method (param $0 i32) (result i64)
  (call_indirect $table (type $method) (i32.const 1) (i64.const 2) (local.get $0))
 )
 (func $make_error (param $0 i32)
  (drop (call $host (local.get $0)))
 )
 (func $throw (param $0 i32)
  (call $make_error (local.get $0))
 )
 (func $apart
  (drop (call $other (i32.const 1)))
 )
)
`;
const NOTHING_KNOWN = { never: [], pointers: { type: "", from: "" } };

it("a function counts that calls the door, calls one that does, or calls through a pointer of such a type", () => {
  expect(findCallers(TEXT, "host_call", NOTHING_KNOWN)).toEqual([
    "$comparison",
    "$method_that_calls",
    "$make_error",
    "$throw",
    "$sort",
    "$grow",
    "$call_method",
  ]);
});

it("what is known never to suspend does not count, nor do its callers", () => {
  const found = findCallers(TEXT, "host_call", { ...NOTHING_KNOWN, never: ["$make_error"] });
  expect(found).not.toContain("$make_error");
  expect(found).not.toContain("$throw");
});

it("of the callers through a kind of pointer only the one that is named counts", () => {
  const facts = { never: [], pointers: { type: "i32 i32 i32 -> i32", from: "$sort" } };
  const found = findCallers(TEXT, "host_call", facts);
  expect(found).toContain("$sort");
  expect(found).not.toContain("$grow");
});

it("another engine is refused, because its functions have other numbers", () => {
  expect(() => findSuspending(new Uint8Array([0, 97, 115, 109]), TEXT)).toThrow(
    "The guest engine is another one",
  );
});
