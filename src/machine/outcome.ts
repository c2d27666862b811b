import { type Place, wasCut } from "#abi";
import { locate, type Program } from "#compile";
import type { Kernel } from "#kernel";
import type { Outcome } from "./types.ts";

/** The kernel's failure in the learner's terms: places instead of sites and stacks. */
export function outcomeOf(kernel: Kernel, program: Program): Outcome {
  const { failure } = kernel;
  if (failure === null) return { kind: "passed", message: "", thread: -1 };
  const place = placeOf(failure.stack, failure.site, program);
  return {
    kind: failure.kind,
    message: failure.message + waitOf(failure.kind, program.sites[failure.site]?.waitsFor),
    thread: failure.thread,
    ...(place === undefined ? {} : { place }),
    ...(failure.cycle === undefined ? {} : { cycle: failure.cycle }),
    ...(failure.errorName === undefined ? {} : { errorName: failure.errorName }),
  };
}

/** A thread that was stopped while it waited for a plain variable to change is told why that never happens. */
function waitOf(kind: Outcome["kind"], path: string | undefined): string {
  if (path === undefined || !wasCut(kind)) return "";
  return ` It waits for \`${path}\` to change, but every thread has its own copy of that: no other thread can change this one. Share an AtomicBool instead.`;
}

/**
 * The stack knows the line; on that line the site knows the call, where the stack may name one of its arguments.
 */
function placeOf(stack: string, site: number, program: Program): Place | undefined {
  const called = placeOfSite(site, program);
  const thrown = placeInStack(stack, program);
  if (thrown === undefined || called === undefined) return thrown ?? called;
  return thrown.file === called.file && thrown.line === called.line ? called : thrown;
}

/** The site's place, unless it lies in a hidden file. */
export function placeOfSite(site: number, program: Program): Place | undefined {
  const found = site > 0 ? program.sites[site] : undefined;
  if (found === undefined || program.hidden.includes(found.file)) return undefined;
  return { file: found.file, line: found.line, column: found.column };
}

/** The innermost frame of a guest stack that stands in a file the learner can see. */
function placeInStack(stack: string, program: Program): Place | undefined {
  for (const [, line, column] of stack.matchAll(/\(program:(\d+):(\d+)\)/g)) {
    const place = locate(program, Number(line), Number(column));
    if (place !== null && !program.hidden.includes(place.file)) return place;
  }
  return undefined;
}
