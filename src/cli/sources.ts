import { basename, dirname, join } from "node:path";
import type { SourceFiles } from "#compile";
import type { UserFiles } from "./command.ts";
import { UsageError } from "./usage-error.ts";

/** Further files of a program's folder that the compiler may be told of, to name the one that was meant. */
const BYSTANDERS_MAX = 20;

/** A submission: the `.ts` files of a folder, or one file that stands for the exercise's first. */
export async function readSubmission(
  user: UserFiles,
  path: string,
  files: readonly string[],
): Promise<SourceFiles> {
  const kind = await user.kindOf(path);
  if (kind === null) throw new UsageError(`There is no file or folder \`${path}\`.`);
  if (kind === "folder") return readFolder(user, path);
  const name = basename(path);
  return { [files.includes(name) ? name : (files[0] ?? name)]: await user.readText(path) };
}

/** A program: the file to start from, and the other `.ts` files of its folder that it may import. */
export async function readProgram(
  user: UserFiles,
  path: string,
): Promise<{ files: SourceFiles; start: string }> {
  const kind = await user.kindOf(path);
  if (kind === "folder") {
    throw new UsageError(`\`${path}\` is a folder: name the file in it that exports \`main\`.`);
  }
  if (kind === null) throw new UsageError(`There is no file \`${path}\`.`);
  if (!path.endsWith(".ts")) {
    throw new UsageError(
      `\`${path}\` is no .ts file: programs are TypeScript, in files that end in \`.ts\`.`,
    );
  }
  const start = basename(path);
  const folder = dirname(path);
  const names = (await listSources(user, folder)).filter((name) => name !== start);
  const files: Record<string, string> = { [start]: await user.readText(path) };
  await addImported(user, folder, names, files);
  return { files: { ...nameBystanders(names, files), ...files }, start };
}

/** Adds what the files given import, directly or not. Whatever else lies in the folder cannot do harm. */
async function addImported(
  user: UserFiles,
  folder: string,
  names: readonly string[],
  files: Record<string, string>,
): Promise<void> {
  const waiting = Object.values(files);
  for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
    for (const [, specifier = ""] of text.matchAll(/["']\.\/([^"'\n]+)["']/g)) {
      const name = [specifier, `${specifier}.ts`].find((one) => names.includes(one));
      if (name === undefined || name in files) continue;
      waiting.push((files[name] = await user.readText(join(folder, name))));
    }
  }
}

/** Names without a text: nothing imports them. */
function nameBystanders(names: readonly string[], files: Readonly<Record<string, string>>): SourceFiles {
  const others = names.filter((name) => !(name in files) && /^[\w.-]+$/.test(name)).slice(0, BYSTANDERS_MAX);
  return Object.fromEntries(others.map((name) => [name, ""]));
}

async function readFolder(user: UserFiles, path: string): Promise<SourceFiles> {
  const names = await listSources(user, path);
  const texts = await Promise.all(names.map((name) => user.readText(join(path, name))));
  return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? ""]));
}

async function listSources(user: UserFiles, folder: string): Promise<string[]> {
  const names = await user.list(folder);
  return names.filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts")).sort();
}
