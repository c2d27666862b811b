import ts from "typescript";
import { importsOf, resolveRelative } from "./imports.ts";
import type { Import } from "./imports.ts";
import { lineOf, parse } from "./source-files.ts";
import type { Finding, SourceFile } from "./source-files.ts";

/**
 * Which folders of src/ a folder may import, always through their alias. Imports point down:
 * base <- abi <- kernel <- machine <- explorer <- grade <- worker <- site; vm, compile and course join from the side.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  abi: ["base"],
  kernel: ["base", "abi"],
  guest: ["base", "abi"],
  vm: ["base", "abi"],
  compile: ["base", "abi"],
  course: ["base", "abi"],
  machine: ["base", "abi", "kernel", "vm", "compile"],
  explorer: ["base", "abi", "kernel", "vm", "compile", "machine"],
  grade: ["base", "abi", "kernel", "vm", "compile", "machine", "explorer", "course"],
  worker: ["base", "abi", "kernel", "vm", "compile", "machine", "explorer", "course", "grade"],
  build: ["base", "abi", "kernel", "vm", "compile", "machine", "explorer", "course", "grade"],
  cli: ["base", "abi", "kernel", "vm", "compile", "machine", "explorer", "course", "grade", "build"],
  site: ["worker"],
};
/** What the site may import besides, in code that never reaches a browser. */
const SITE_AT_BUILD_TIME = ["build", "course"];

const ENGINE = ["base", "abi", "kernel", "guest", "vm", "compile", "machine", "explorer", "course", "grade"];
const MAY_USE_GENERATED = ["worker", "build", "cli", "site"];
const PAGE_PACKAGES = /^(astro|@astrojs|preact|@preact|monaco-editor|shiki)(\/|:|$)/;

function folderOf(path: string): string {
  return path.split("/")[1] ?? "";
}

/** Site modules that a browser loads: islands, scripts of pages, and what those import, as far as it is in src/site. */
function browserModules(files: readonly SourceFile[]): ReadonlySet<string> {
  const site = new Map(
    files.filter((file) => folderOf(file.path) === "site").map((file) => [file.path, file]),
  );
  const reached = new Set<string>();
  const visit = (path: string): void => {
    const file = site.get(path);
    if (file === undefined || reached.has(path) || path.endsWith(".astro")) return;
    reached.add(path);
    for (const { specifier } of importsOf(file)) {
      if (specifier.startsWith(".")) visit(resolveRelative(path, specifier));
    }
  };
  for (const file of site.values()) {
    if (file.path.endsWith(".tsx")) visit(file.path);
    for (const { specifier, inScript } of importsOf(file)) {
      if (inScript && specifier.startsWith(".")) visit(resolveRelative(file.path, specifier));
    }
  }
  return reached;
}

type Verdict = Pick<Finding, "rule" | "remedy"> | null;

function judgeAlias(folder: string, specifier: string, inBrowser: boolean): Verdict {
  const target = specifier.slice(1);
  if (target.includes("/")) {
    const owner = target.split("/")[0];
    return {
      rule: `"${specifier}" reaches into another folder`,
      remedy: `Import "#${owner}" and export what is needed from src/${owner}/index.ts`,
    };
  }
  if (target === folder) {
    return {
      rule: `"${specifier}" imports the folder's own index`,
      remedy: "Import the file itself, relatively",
    };
  }
  const allowed = MAY_IMPORT[folder] ?? [];
  if (allowed.includes(target)) return null;
  if (folder === "site" && SITE_AT_BUILD_TIME.includes(target)) {
    if (!inBrowser) return null;
    return {
      rule: `"${specifier}" would reach the browser, which sees the engine only through #worker`,
      remedy: "Use it in front matter or a loader and pass plain data on, or ask the worker",
    };
  }
  return {
    rule: `src/${folder} must not import "${specifier}" (it may: ${allowed.map((name) => `#${name}`).join(" ") || "nothing"})`,
    remedy: "Move what is shared down into a folder that both may import, or pass it in as a parameter",
  };
}

function judgeRelative(folder: string, path: string, specifier: string): Verdict {
  const target = resolveRelative(path, specifier);
  if (target.startsWith(`src/${folder}/`)) {
    if (target !== `src/${folder}/index.ts` || path.endsWith(".astro")) return null;
    return { rule: "a file imports its own folder's index", remedy: "Import the file itself" };
  }
  if (target.startsWith(".generated/") && MAY_USE_GENERATED.includes(folder)) return null;
  if (target.startsWith("src/guest/")) {
    return {
      rule: "src/guest is imported by nobody",
      remedy: "Read .generated/guest.js, which src/build bundles",
    };
  }
  if (!target.startsWith("src/")) {
    return {
      rule: `"${specifier}" leaves src/`,
      remedy: "Pass the data in as a parameter, or read it in src/build or src/cli",
    };
  }
  return {
    rule: `"${specifier}" reaches into another folder`,
    remedy: `Import "#${folderOf(target)}" and export what is needed from src/${folderOf(target)}/index.ts`,
  };
}

function judgePackage(folder: string, specifier: string, inBrowser: boolean): Verdict {
  if (specifier.startsWith("node:") && (ENGINE.includes(folder) || folder === "worker" || inBrowser)) {
    return {
      rule: `"${specifier}" does not exist in a browser`,
      remedy: "Take the effect as a parameter; src/cli and src/build pass it",
    };
  }
  if (PAGE_PACKAGES.test(specifier) && folder !== "site" && folder !== "build") {
    return {
      rule: `"${specifier}" belongs to the page`,
      remedy: "Return plain data and let src/site render it",
    };
  }
  return null;
}

function judge(file: SourceFile, found: Import, browser: ReadonlySet<string>): Verdict {
  const folder = folderOf(file.path);
  const inBrowser = found.inScript || browser.has(file.path);
  if (found.specifier.startsWith("#")) return judgeAlias(folder, found.specifier, inBrowser);
  if (found.specifier.startsWith(".")) return judgeRelative(folder, file.path, found.specifier);
  return judgePackage(folder, found.specifier, inBrowser);
}

/** Folders' indexes are lists of exports, so that importing one runs nothing of its own. */
function indexFindings(file: SourceFile): Finding[] {
  if (!/^src\/[^/]+\/index\.ts$/.test(file.path)) return [];
  return parse(file)
    .statements.filter((statement) => !ts.isExportDeclaration(statement))
    .map((statement) => ({
      path: file.path,
      line: lineOf(statement),
      rule: "a folder's index is a list of exports",
      remedy: "Move this to a file of its own and export it from here",
    }));
}

/** Every import of src/ that points up or sideways, or around a folder's index. */
export function findArchitectureFindings(files: readonly SourceFile[]): Finding[] {
  const browser = browserModules(files);
  return files.flatMap((file) => {
    if (file.path.split("/").length < 3) return [];
    if (!(folderOf(file.path) in MAY_IMPORT)) {
      return [
        {
          path: file.path,
          line: 1,
          rule: `src/${folderOf(file.path)} is not in the house plan`,
          remedy: "Add it to MAY_IMPORT in tests/house/architecture.ts, with its place in the order",
        },
      ];
    }
    const findings = importsOf(file).flatMap((found) => {
      const verdict = judge(file, found, browser);
      return verdict === null ? [] : [{ path: file.path, line: found.line, ...verdict }];
    });
    return [...findings, ...indexFindings(file)];
  });
}
