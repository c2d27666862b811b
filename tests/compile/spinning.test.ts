import { expect, it } from "vitest";
import { compiled, formatSite } from "./harness.ts";

/** The sites of a program that wait for something, as `line:column path`. */
async function waits(body: string): Promise<string[]> {
  const source = `import { sleep, keep } from "std/sync";\nexport function main(o: any) { let done = false, n = 0; const act = () => {};\n${body}\n}`;
  const library = { "std/sync": ["sleep", "keep"] };
  const { sites } = await compiled({ "main.ts": source }, { library });
  return sites.flatMap((site) =>
    site.waitsFor === undefined ? [] : [`${formatSite({ ...site, name: site.waitsFor })}`],
  );
}

it.each([
  ["a loop on a variable", "while (!done) {}", ["3:1 done"]],
  ["a loop on a field", "do {} while (o.turn !== 1);", ["3:1 o.turn"]],
  ["a `for` without a step", "for (; !done; );", ["3:1 done"]],
  ["the library's calls in it", "while (!done) { sleep(1); }", ["3:17 done", "3:1 done"]],
  ["a loop that changes something else", "while (!done) n++;", ["3:1 done"]],
])("%s waits for what nothing in it changes", async (_, body, sites) => {
  expect(await waits(body)).toEqual(sites);
});

it.each([
  ["that changes its condition", "while (n < 3) n++;"],
  ["that changes what its condition's path begins with", "while (o.a.b) o.a = n;"],
  ["with a way out", "while (!done) { if (n > 3) break; n++; }"],
  ["that calls the program's own code", "while (!done) act();"],
  ["whose condition calls", "while (!o.done()) {}"],
  ["that makes an object", "while (!done) new o.Step();"],
  ["without a condition", "for (;;) { n++; if (n > 3) return; }"],
  ["on a constant", "while (true) { n++; if (n > 3) return; }"],
])("a loop %s waits for nothing", async (_, body) => {
  expect(await waits(body)).toEqual([]);
});
