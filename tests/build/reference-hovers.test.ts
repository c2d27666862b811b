import { readFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { readReference, type Reference } from "#build";
import { linkHovers } from "../../src/build/reference-hovers.ts";

let reference: Reference;
let types: Readonly<Record<string, string>>;
beforeAll(async () => {
  reference = await readReference();
  types = JSON.parse(readFileSync(".generated/editor-types.json", "utf8")) as Record<string, string>;
});

it("every link in the editor's types leads to a place of the reference", () => {
  const links = Object.values(types).flatMap((text) =>
    [...text.matchAll(/\]\(reference:([^)]*)\)/g)].map(([, address = ""]) => address),
  );
  expect(links.length).toBeGreaterThan(300);
  expect(links.filter((address) => !reference.addresses.includes(address))).toEqual([]);
});

const DOC = `/**
 * A lock.
 * @throws Error where it is late.
 * @rust std::sync::Mutex
 * @differs It is kind.
 * And patient.
 * @example
 * \`\`\`ts
 * new Lock(); // {@link nothing}
 * \`\`\`
 */
export declare class Lock {
}
`;

it("a hover says in words what our tags say, leaves examples out and ends its prose with the link", () => {
  const declared = { file: "src/guest/std/lock.ts", name: "Lock", line: 1 };
  const doc = { prose: [], throws: [], examples: [] };
  const lock = { name: "Lock", kind: "class", signatures: [], doc, members: [], declared } as const;
  const module = { specifier: "std/sync", group: "std", about: "", entries: [lock] } as const;
  const linked = linkHovers(
    { "file:///types/guest/std/lock.d.ts": DOC },
    { modules: [module], addresses: [] },
  );
  expect(linked["file:///types/guest/std/lock.d.ts"]).toBe(`/**
 * A lock.
 *
 * In Rust: \`std::sync::Mutex\`
 *
 * _Where it differs:_ It is kind.
 * And patient.
 *
 * [Reference](reference:std/sync/#Lock)
 * @throws Error where it is late.
 */
export declare class Lock {
}
`);
});
