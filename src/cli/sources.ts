import { basename, dirname, join } from "node:path";
import type { SourceFiles } from "#compile";
import type { UserFiles } from "./command.ts";
import { UsageError } from "./usage-error.ts";

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

/** A program: the file to start from with the other `.ts` files of its folder, which it may import. */
export async function readProgram(
  user: UserFiles,
  path: string,
): Promise<{ files: SourceFiles; start: string }> {
  const kind = await user.kindOf(path);
  if (kind !== "file") throw new UsageError(`There is no file \`${path}\`.`);
  if (!path.endsWith(".ts")) throw new UsageError(`\`${path}\` is no .ts file.`);
  return { files: await readFolder(user, dirname(path)), start: basename(path) };
}

async function readFolder(user: UserFiles, path: string): Promise<SourceFiles> {
  const names = (await user.list(path))
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
    .sort();
  const texts = await Promise.all(names.map((name) => user.readText(join(path, name))));
  return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? ""]));
}
