import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printed } from "../engine.ts";
import { checkStd } from "./std-table.ts";
import { ends, prints, type Row } from "./table.ts";

const ROWS: readonly Row[] = [
  [
    "text becomes an ordinary Uint8Array",
    `const bytes = new TextEncoder().encode("aé€😀"); console.log(bytes, bytes instanceof Uint8Array, new TextEncoder().encoding, new TextEncoder().encode());
bytes[0] = 98; console.log(new TextDecoder().decode(bytes));`,
    prints("Uint8Array [97, 195, 169, 226, 130, 172, 240, 159, 152, 128] true utf-8 Uint8Array []", "bé€😀"),
  ],
  [
    "encodeInto writes whole characters only, up to the first that does not fit",
    `const into = new Uint8Array(5); console.log(new TextEncoder().encodeInto("a€€b", into), into);`,
    prints("{ read: 2, written: 4 } Uint8Array [97, 226, 130, 172, 0]"),
  ],
  [
    "a stream waits for the rest of a character, and ends with what is left of it",
    `const d = new TextDecoder(); const parts = [[226], [130, 172, 240], [159]].map((bytes) => d.decode(Uint8Array.from(bytes), { stream: true }));
console.log(JSON.stringify(parts), JSON.stringify(d.decode()), d.decode(Uint8Array.of(65)));`,
    prints('["","€",""] "\uFFFD" A'),
  ],
  [
    "a byte order mark at the beginning is left out, unless it is to be kept",
    `const bytes = Uint8Array.of(239, 187, 191, 65, 239, 187, 191);
const codes = (text: string) => [...text].map((c) => c.charCodeAt(0).toString(16)).join();
console.log(codes(new TextDecoder().decode(bytes)), codes(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)));
const d = new TextDecoder(); console.log(codes(d.decode(bytes.subarray(0, 2), { stream: true }) + d.decode(bytes.subarray(2), { stream: true }) + d.decode(bytes)));`,
    prints("41,feff feff,41,feff", "41,feff,feff,41,feff"),
  ],
  [
    "fatal throws at what is no UTF-8, and the decoder can be used again",
    `const d = new TextDecoder("UTF-8", { fatal: true });
console.log(caught(() => d.decode(Uint8Array.of(255))), caught(() => d.decode(Uint8Array.of(226, 130))), d.decode(Uint8Array.of(65)), d.fatal, d.ignoreBOM, d.encoding);`,
    prints(
      "TypeError: The encoded data was not valid UTF-8. TypeError: The encoded data was not valid UTF-8. A true false utf-8",
    ),
  ],
  [
    "buffers and views are decoded, each its own part",
    `const bytes = Uint8Array.of(65, 66, 67, 68); const d = new TextDecoder();
console.log(d.decode(bytes.buffer), d.decode(bytes.subarray(1, 3)), d.decode(new DataView(bytes.buffer, 2)), JSON.stringify(d.decode()));`,
    prints('ABCD BC CD ""'),
  ],
  [
    "another encoding",
    `new TextDecoder("latin1");`,
    ends("panic", "RangeError: TextDecoder knows utf-8 only, got latin1"),
  ],
  [
    "text for a decoder",
    `new TextDecoder().decode("abc" as never);`,
    ends("panic", 'TypeError: decode needs bytes, a Uint8Array or an ArrayBuffer, got "abc"'),
  ],
  [
    "a decoder that a thread was started with decodes there",
    `const d = new TextDecoder(); console.log(spawn(() => d.decode(Uint8Array.of(65))).join());`,
    prints("A"),
  ],
  [
    "a decoder in mid-stream belongs to one thread",
    `const d = new TextDecoder(); spawn(() => d.decode(Uint8Array.of(226), { stream: true })).join();`,
    ends(
      "misuse",
      "worker-1 changes its own copy of `d`; nobody else sees that. Put it into a Mutex, or send the result through a channel.",
    ),
  ],
  [
    "nobody can change how text is decoded",
    `TextDecoder.prototype.decode = () => "forged";`,
    ends("panic", "TypeError: 'decode' is read-only"),
  ],
];

describe("TextEncoder and TextDecoder", () => {
  it.each(ROWS)("%s", (_title, program, expected) => checkStd(program, expected));

  it("encode and decode anything as Node does, in pieces as well", async () => {
    const texts = fc.sample(fc.string({ unit: "binary", maxLength: 12 }), { numRuns: 200, seed: 1 });
    const odd = fc.sample(fc.array(fc.constantFrom("a", "\uD83D", "\uDE00", "é", "\uFEFF")), {
      numRuns: 100,
      seed: 2,
    });
    const byte = fc.oneof(
      fc.nat(255),
      fc.constantFrom(
        0xc0,
        0xc2,
        0xe0,
        0xed,
        0xef,
        0xbb,
        0xbf,
        0xf0,
        0xf4,
        0xf5,
        0x80,
        0x8f,
        0x90,
        0x9f,
        0xa0,
      ),
    );
    const pieces = fc.sample(fc.array(fc.array(byte, { maxLength: 6 }), { maxLength: 3 }), {
      numRuns: 600,
      seed: 3,
    });
    const strings = [...texts, ...odd.map((parts) => parts.join(""))];
    const body = `
      const encoder = new TextEncoder();
      const whole = (fatal: boolean, bytes: number[]) => { try { return new TextDecoder("utf-8", { fatal }).decode(Uint8Array.from(bytes)); } catch (e) { return (e as Error).name; } };
      for (const text of ${JSON.stringify(strings)}) console.log([...encoder.encode(text)].join());
      for (const pieces of ${JSON.stringify(pieces)} as number[][]) {
        const decoder = new TextDecoder();
        const parts = [...pieces.map((bytes) => decoder.decode(Uint8Array.from(bytes), { stream: true })), decoder.decode()];
        console.log(JSON.stringify([...parts, whole(false, pieces.flat()), whole(true, pieces.flat())]));
      }`;
    const lines = await printed(`export function main() { ${body} }`);
    const whole = (fatal: boolean, bytes: number[]): string => {
      try {
        return new TextDecoder("utf-8", { fatal }).decode(Uint8Array.from(bytes));
      } catch (error) {
        return (error as Error).name;
      }
    };
    const expected = [
      ...strings.map((text) => new TextEncoder().encode(text).join()),
      ...pieces.map((bytes) => {
        const decoder = new TextDecoder();
        const parts = bytes.map((piece) => decoder.decode(Uint8Array.from(piece), { stream: true }));
        return JSON.stringify([
          ...parts,
          decoder.decode(),
          whole(false, bytes.flat()),
          whole(true, bytes.flat()),
        ]);
      }),
    ];
    expect(lines).toEqual(expected);
  });
});
