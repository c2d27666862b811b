import type { Idiom } from "./idiom.ts";

/** Numbers, texts, expressions, iteration, arrays. */
export const VALUE_IDIOMS: readonly Idiom[] = [
  [
    "BigInt",
    `const big = 2n ** 64n;
console.log(String(big), String(BigInt.asUintN(8, 257n)), String(big / 3n), typeof big, big > 10, String(BigInt("0x1f")), String(-7n % 3n));`,
    ["18446744073709551616 1 6148914691236517205 bigint true 31 -1"],
  ],
  [
    "number formatting",
    `console.log((1234.5678).toFixed(2), (0.1 + 0.2).toPrecision(3), (255).toString(16), (1e21).toString(), (-1.5).toFixed(0), (123.456).toExponential(1), Number("0b101"), Number(""), Number("x"));`,
    ["1234.57 0.300 ff 1e+21 -2 1.2e+2 5 0 NaN"],
  ],
  [
    "parsing and checking numbers",
    `console.log(parseInt("42px", 10), parseFloat("1e3x"), Number.isInteger(5.0), Number.isSafeInteger(2 ** 53), Number.EPSILON > 0, Object.is(-0, 0), Math.trunc(-1.5), 7 % -3, (-7) >>> 28);`,
    ["42 1000 true false true false -1 1 15"],
  ],
  [
    "Math",
    `console.log(Math.hypot(3, 4), Math.max(...[1, 5, 2]), Math.sign(-3), Math.cbrt(27), Math.clz32(1), Math.fround(5.5), Math.imul(3, 4), Math.log2(8), Math.round(2.5), Math.round(-2.5));`,
    ["5 5 -1 3 31 5.5 12 3 3 -2"],
  ],
  [
    "padding, repeating, trimming, slicing",
    `console.log("5".padStart(3, "0"), "ab".padEnd(4, "-"), "ab".repeat(2), JSON.stringify("  x ".trimEnd()), "hello".at(-1), "hello".slice(-3, -1), "a,b,,c".split(",").length, "abc".substring(2, 0));`,
    ['005 ab-- abab "  x" o ll 4 ab'],
  ],
  [
    "replacing and searching",
    `console.log("a.b.a".replaceAll("a", "x"), "aXbX".replace(/X/g, (m, at) => \`\${m}\${at}\`), "x1y2".search(/\\d/), "abc".includes("bc"), "abc".startsWith("b", 1), "2024-05".replace(/(\\d+)-(\\d+)/, "$2/$1"));`,
    ["x.b.x aX1bX3 1 true true 05/2024"],
  ],
  [
    "regular expressions with named groups, lookbehind and flags",
    `const date = /(?<year>\\d{4})-(?<month>\\d{2})/u.exec("on 2024-05-06");
console.log(date?.groups?.["year"], date?.index, "aBc".match(/b/i)?.[0], /(?<=\\$)\\d+/.exec("cost $42")?.[0], /^.$/su.test("\\n"), /\\p{Lu}/u.test("Ä"));`,
    ["2024 3 B 42 true true"],
  ],
  [
    "sticky regular expressions and `lastIndex`",
    `const token = /\\w+|\\s+/y;
const tokens: string[] = [];
for (let m = token.exec("let x"); m !== null; m = token.exec("let x")) tokens.push(m[0]);
console.log(JSON.stringify(tokens), token.lastIndex);`,
    ['["let"," ","x"] 0'],
  ],
  [
    "`matchAll` and `split` by an expression",
    `console.log([..."a1b22".matchAll(/([a-z])(\\d+)/g)].map((m) => \`\${m[1]}=\${m[2]}\`).join(), "a1b2c".split(/\\d/).join("|"));`,
    ["a=1,b=22 a|b|c"],
  ],
  [
    "unicode: code points, normalization, spread",
    `console.log("e\\u0301".normalize("NFC").length, [..."a😀"].length, "😀".codePointAt(0)!.toString(16), String.fromCodePoint(0x1f600) === "😀", "ﬀ".toUpperCase(), "\\ud800".isWellFormed());`,
    ["1 2 1f600 true FF false"],
  ],
  [
    "comparing strings",
    `console.log(["pear", "apple", "fig"].sort((a, b) => a.localeCompare(b)).join(), "a".localeCompare("b"), "a" < "B", ["10", "9", "1"].sort().join());`,
    ["apple,fig,pear -1 false 1,10,9"],
  ],
  [
    "tagged templates and raw strings",
    `const tag = (strings: TemplateStringsArray, ...values: unknown[]) => strings.raw.join("_") + values.join("+");
console.log(tag\`a\${1}\\n\${2}c\`, String.raw\`\\t\${0}\`);`,
    ["a_\\n_c1+2 \\t0"],
  ],
  [
    "generators: delegation, return, two-way values",
    `function* inner() { const got: number = yield 1; return got * 2; }
function* outer() { const result: number = yield* inner(); yield result; }
const walk = outer();
console.log(walk.next().value, walk.next(21).value, JSON.stringify(walk.return(5)), walk.next().done);`,
    ['1 42 {"value":5,"done":true} true'],
  ],
  [
    "a generator's `finally` runs when its loop is left",
    `const log: string[] = [];
function* source() { try { yield 1; yield 2; } finally { log.push("closed"); } }
for (const n of source()) { log.push(\`\${n}\`); break; }
console.log(log.join());`,
    ["1,closed"],
  ],
  [
    "an iterable class, spread and destructured",
    `class Range { constructor(private to: number) {} *[Symbol.iterator]() { for (let i = 0; i < this.to; i++) yield i; } }
const [first, , ...rest] = new Range(5);
console.log(first, rest.join(), Math.max(...new Range(4)), Array.from(new Range(3), (n) => n * n).join());`,
    ["0 2,3,4 3 0,1,4"],
  ],
  [
    "an iterator written by hand, with `return`",
    `const log: string[] = [];
const by = { [Symbol.iterator]() { let n = 0; return { next: () => ({ value: n++, done: n > 9 }), return: () => { log.push("return"); return { value: undefined, done: true as const }; } }; } };
for (const n of by) if (n === 2) break;
const [only] = by;
console.log(log.join(), only);`,
    ["return,return 0"],
  ],
  [
    "iterator helpers",
    `function* naturals() { let n = 0; while (true) yield n++; }
console.log(naturals().filter((n) => n % 2 === 1).map((n) => n * n).drop(1).take(3).toArray().join(), [1, 2].values().flatMap((n) => [n, n]).reduce((a, b) => a + b), Iterator.from([1, 2]).some((n) => n > 1));`,
    ["9,25,49 6 true"],
  ],
  [
    "destructuring with defaults, renames and rest",
    `const { a = 1, b: { c: renamed = 2, ...others } = {} as any, ...left } = { b: { d: 4, e: 5 }, x: 6, y: 7 } as any;
const [p = 10, [q] = [20], ...r] = [undefined, undefined, 3, 4] as any[];
console.log(a, renamed, JSON.stringify(others), JSON.stringify(left), p, q, r.join());`,
    ['1 2 {"d":4,"e":5} {"x":6,"y":7} 10 20 3,4'],
  ],
  [
    "swapping and destructured parameters",
    `let x = 1, y = 2;
[x, y] = [y, x];
const area = ({ width, height = width }: { width: number; height?: number }) => width * height;
console.log(x, y, area({ width: 3 }), ((...all: number[]) => all.length)(1, 2, 3));`,
    ["2 1 9 3"],
  ],
  [
    "optional chaining and nullish values",
    `const user: any = { name: "A", tags: null, greet() { return "hi " + this.name; } };
console.log(user?.address?.street ?? "none", user.greet?.(), user.missing?.(), user.tags?.[0], user?.["name"], delete user?.gone?.x);`,
    ["none hi A undefined undefined A true"],
  ],
  [
    "logical assignment",
    `const options: any = { retries: 0, name: "" };
options.retries ??= 5; options.name ||= "default"; options.extra ??= []; options.extra &&= [1];
console.log(JSON.stringify(options));`,
    ['{"retries":0,"name":"default","extra":[1]}'],
  ],
  [
    "Object.entries, fromEntries, groupBy, assign, spread",
    `const prices = { apple: 1, pear: 2, fig: 3 };
console.log(JSON.stringify(Object.fromEntries(Object.entries(prices).map(([k, v]) => [k, v * 2]))), JSON.stringify(Object.groupBy([1, 2, 3], (n) => (n % 2 ? "odd" : "even"))), JSON.stringify({ ...prices, apple: 9, ...null }), JSON.stringify(Object.assign({}, prices, { fig: 0 })));`,
    [
      '{"apple":2,"pear":4,"fig":6} {"odd":[1,3],"even":[2]} {"apple":9,"pear":2,"fig":3} {"apple":1,"pear":2,"fig":0}',
    ],
  ],
  [
    "Map.groupBy and Map iteration order",
    `const byLength = Map.groupBy(["a", "bb", "cc", "d"], (s) => s.length);
byLength.delete(1); byLength.set(1, ["z"]);
console.log([...byLength.entries()].map(([k, v]) => \`\${k}:\${v.join("")}\`).join(), [...byLength.keys()].join());`,
    ["2:bbcc,1:z 2,1"],
  ],
  [
    "array methods that copy",
    `const list = [3, 1, 2];
console.log(list.toSorted().join(), list.toReversed().join(), list.with(0, 9).join(), list.toSpliced(1, 1).join(), list.join());`,
    ["1,2,3 2,1,3 9,1,2 3,2 3,1,2"],
  ],
  [
    "array methods that search",
    `const list = [5, 12, 8, 130, 44];
console.log(list.find((n) => n > 10), list.findLast((n) => n > 10), list.findIndex((n) => n === 8), list.findLastIndex((n) => n < 0), list.at(-2), list.includes(8), list.indexOf(44), list.some((n) => n < 6), list.every((n) => n > 6));`,
    ["12 44 2 -1 130 true 4 true false"],
  ],
  [
    "array methods that build",
    `console.log([[1, [2]], [3]].flat(2).join(), [1, 2].flatMap((n) => [n, n * 10]).join(), Array.from({ length: 3 }, (_, i) => i).join(), Array.of(7).length, new Array(3).fill(0).join(), [1, 2, 3, 4].copyWithin(0, 2).join(), [..."abc"].entries().toArray().join("|"));`,
    ["1,2,3 1,10,2,20 0,1,2 1 0,0,0 3,4,3,4 0,a|1,b|2,c"],
  ],
  [
    "array methods that change",
    `const list = [1, 2, 3, 4, 5];
const cut = list.splice(1, 2, 9);
list.push(6, 7); list.unshift(0);
console.log(cut.join(), list.join(), list.pop(), list.shift(), list.reverse().join(), list.sort((a, b) => a - b).join(), list.reduceRight((a, b) => a - b));`,
    ["2,3 0,1,9,4,5,6,7 7 0 6,5,4,9,1 1,4,5,6,9 -7"],
  ],
  [
    "holes, lengths and array-likes",
    `const holey = [1, , 3] as number[];
holey.length = 5; holey[6] = 7;
console.log(holey.length, 1 in holey, JSON.stringify(holey), Array.prototype.map.call({ length: 2, 0: "a", 1: "b" }, (s) => s + s).join());`,
    ["7 false [1,null,3,null,null,null,7] aa,bb"],
  ],
];
