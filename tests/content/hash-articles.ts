// `node tests/content/hash-articles.ts FOLDER`: writes the hashed eight-word runs of every text in FOLDER.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packHashes, shinglesOf } from "./shingles.ts";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("Say which folder the articles are in.");
const hashes = readdirSync(folder).flatMap((name) => [
  ...shinglesOf(readFileSync(join(folder, name), "utf8")).keys(),
]);
writeFileSync(join(import.meta.dirname, "article-shingles.bin"), packHashes(hashes));
console.log(`${new Set(hashes).size} runs of words`);
