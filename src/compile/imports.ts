/** Owns: which module an import specifier means, and what is said where it means none. */
import { nearest } from "./nearest.ts";
import type { CompileInput, Diagnostic } from "./program.ts";

/** `namespace` is also the trust: code in `learner` files cannot reach `hidden` ones. */
export type Namespace = "learner" | "hidden";

export type Resolution =
  | { readonly kind: "file"; readonly namespace: Namespace; readonly path: string }
  | { readonly kind: "library" }
  | { readonly kind: "refused"; readonly diagnostic: Diagnostic };

/** The module that authors' checks report to. */
const AUTHORS_ONLY = "check";

/** Resolves `specifier` as written in the file `importer` of `namespace`. */
export function resolveImport(
  input: CompileInput,
  specifier: string,
  importer: string,
  namespace: Namespace,
): Resolution {
  if (/^\.\.?(\/|$)/.test(specifier)) return resolveFile(input, specifier, importer, namespace);
  const modules = libraryModules(input, namespace);
  if (modules.includes(specifier)) return { kind: "library" };
  if (specifier === AUTHORS_ONLY && Object.hasOwn(input.library, specifier)) {
    return refuse(input, namespace, "only an exercise's own checks can import `check`");
  }
  const suggestion = nearest(specifier, modules);
  return refuse(
    input,
    namespace,
    `there is no module \`${specifier}\` here` + (suggestion ? `; did you mean \`${suggestion}\`?` : ""),
  );
}

/** The library modules that files of a namespace may import. */
function libraryModules(input: CompileInput, namespace: Namespace): string[] {
  return Object.keys(input.library).filter((name) => namespace === "hidden" || name !== AUTHORS_ONLY);
}

function resolveFile(
  input: CompileInput,
  specifier: string,
  importer: string,
  namespace: Namespace,
): Resolution {
  const path = joinPath(importer, specifier);
  const reachable: readonly Namespace[] = namespace === "hidden" ? ["learner", "hidden"] : ["learner"];
  if (path !== null) {
    for (const candidate of [path, `${path}.ts`, `${path}/index.ts`]) {
      if (!candidate.endsWith(".ts")) continue;
      const home = reachable.find((space) => Object.hasOwn(filesOf(input, space), candidate));
      if (home !== undefined) return { kind: "file", namespace: home, path: candidate };
    }
  }
  const known = reachable
    .flatMap((space) => Object.keys(filesOf(input, space)))
    .filter((name) => name !== importer && name.endsWith(".ts"))
    .map((name) => name.replace(/\.ts$/, ""));
  const suggestion = path === null ? undefined : nearest(path.replace(/\.(ts|js)$/, ""), known);
  return refuse(
    input,
    namespace,
    `there is no file \`${specifier}\`` +
      (suggestion ? `; did you mean \`${relativePath(importer, suggestion)}\`?` : ""),
  );
}

function filesOf(input: CompileInput, namespace: Namespace): Readonly<Record<string, string>> {
  return namespace === "learner" ? input.files : (input.hidden ?? {});
}

/** The path that `specifier` means in `importer`; null where it leads out of the program. */
function joinPath(importer: string, specifier: string): string | null {
  const parts = importer.split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return null;
    } else if (part !== "." && part !== "") {
      parts.push(part);
    }
  }
  return parts.join("/");
}

function relativePath(importer: string, path: string): string {
  const depth = importer.split("/").length - 1;
  return (depth === 0 ? "./" : "../".repeat(depth)) + path;
}

function refuse(input: CompileInput, namespace: Namespace, message: string): Resolution {
  const modules = libraryModules(input, namespace).join(", ");
  return {
    kind: "refused",
    diagnostic: {
      kind: "import",
      message,
      hint: `You can import your own files (./…)${modules && `, ${modules}`}.`,
    },
  };
}
