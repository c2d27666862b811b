import { invariant } from "#base";
import { GuestInstance, type Landmarks } from "./instance.ts";
import { STACK_BYTES, STACK_TOP } from "./memory-layout.ts";

/** Heap kept ready beyond an image, so that ordinary programs never grow an instance (grown ones are discarded). */
const HEADROOM_BYTES = 2 * 1024 * 1024;

/** The module has some hundred bytes of variables with values; this is far more. */
const VARIABLES_MARGIN = 16 * 1024;

/** Frozen memory of a guest at rest, ready to be loaded into any instance. */
export interface Image {
  /** Everything from the end of the module's constants to the end of the used heap; the stack is empty. */
  readonly bytes: Uint8Array;
  readonly stackPointer: number;
  readonly memoryBytes: number;
  readonly marks: Landmarks;
}

export interface ImageOptions {
  readonly module: WebAssembly.Module;
  /** The guest library, one script. */
  readonly library: string;
  readonly memoryMaxBytes: number;
}

/** A guest with its library loaded: what every program's image starts from. */
export function createBaseImage(options: ImageOptions): Image {
  // Compiled elsewhere: what a compiler leaves behind would stay as holes in every copy.
  const compiler = GuestInstance.create(options.module);
  const library = compiler.compile(options.library, "library");
  const instance = GuestInstance.create(options.module);
  const { exports } = instance;
  const heapTop = findHeapTop(instance);
  exports.wasm_free(exports.wasm_malloc(HEADROOM_BYTES));
  exports.qjs_set_max_stack_size(STACK_BYTES);
  exports.qjs_set_memory_limit(options.memoryMaxBytes);
  exports.qjs_set_interrupt_handler(1);
  instance.defineKernelCall("__kernel");
  exports.qjs_free_value(instance.evaluate(library));
  return take(instance, compiler, { heapTop, constantsEnd: findConstantsEnd(options.module, instance) });
}

/** Compiles a program into a copy of the base image. Its module bodies run in each run, not here. */
export function createProgramImage(module: WebAssembly.Module, base: Image, code: string): Image {
  const compiler = GuestInstance.create(module);
  const program = compiler.compile(`__interleave.load(${code}\n)`, "program");
  const sealing = compiler.compile("delete globalThis.__interleave; Object.freeze(globalThis)", "library");
  const instance = GuestInstance.create(module);
  instance.load(base);
  const { exports } = instance;
  exports.qjs_free_value(instance.evaluate(program));
  exports.qjs_free_value(instance.evaluate(sealing));
  exports.qjs_run_gc();
  plugHoles(instance);
  return snapshot(instance, base.marks);
}

/** Strings up to this length are made to fill holes, bytes. */
const PLUG_MAX_BYTES = 512;

/**
 * Fills the holes that loading has left in the heap, so that what a run makes lies together: it would be strewn over the
 * whole image else, and every run pays for each card it touches. The engine keeps small blocks in lists by size, so
 * for each size strings are made until one lies beyond everything that was there before.
 */
function plugHoles(instance: GuestInstance): void {
  const { exports } = instance;
  const end = instance.heapEnd;
  const text = exports.wasm_malloc(PLUG_MAX_BYTES);
  instance.bytes.fill(32, text, text + PLUG_MAX_BYTES);
  let n = 0,
    m = 0;
  for (let bytes = PLUG_MAX_BYTES; bytes > 0; bytes -= 8) {
    for (;;) {
      const value = exports.qjs_new_string(text, bytes);
      n++;
      m += bytes;
      if ((instance.words[value >> 2] ?? 0) >= end) break;
    }
  }
}

type Bounds = Pick<Landmarks, "heapTop" | "constantsEnd">;

function take(instance: GuestInstance, compiler: GuestInstance, bounds: Bounds): Image {
  const { exports } = instance;
  const part = (name: string): number =>
    instance.evaluate(compiler.compile(`__interleave.${name}`, "library"));
  const marks: Landmarks = {
    program: part("program"),
    body: part("body"),
    undefined: exports.qjs_get_undefined(),
    mailbox: instance.addressOfArray(part("mailbox")),
    runtime: exports.qjs_get_runtime_ptr(),
    context: exports.qjs_get_context_ptr(),
    ...bounds,
  };
  exports.qjs_run_gc();
  return snapshot(instance, marks);
}

function snapshot(instance: GuestInstance, marks: Landmarks): Image {
  instance.marks = marks;
  const stackPointer = instance.exports.__stack_pointer.value;
  invariant(stackPointer === STACK_TOP, "an image is taken at rest");
  return {
    bytes: instance.bytes.slice(marks.constantsEnd, instance.heapEnd),
    stackPointer,
    memoryBytes: instance.bytes.length,
    marks,
  };
}

/**
 * The module's constants come first in its data, variables after them. Up to where a started engine first differs from
 * the bare module there are constants only, except for variables that nobody has written yet: hence the margin.
 */
function findConstantsEnd(module: WebAssembly.Module, started: GuestInstance): number {
  const before = GuestInstance.blank(module).words;
  const { words } = started;
  let at = STACK_TOP >> 2;
  while (at < before.length && words[at] === before[at]) at++;
  const end = at * 4 - VARIABLES_MARGIN;
  invariant(end > STACK_TOP, "the module's constants are not where they were");
  return end & ~15;
}

/**
 * Finds the allocator's variable that holds where the unused heap begins, by watching which word follows two
 * allocations. It spares copying memory that was never used. The module is fixed by its hash, and the search
 * insists on exactly one answer.
 */
function findHeapTop(instance: GuestInstance): number {
  const { exports } = instance;
  const end = instance.bytes.length;
  const region = (): Int32Array => instance.words.slice(STACK_TOP >> 2, end >> 2);
  const first = exports.wasm_malloc(20_000);
  const afterFirst = region();
  const second = exports.wasm_malloc(10_000);
  const afterSecond = region();
  const found: number[] = [];
  for (let i = 0; i < afterFirst.length; i++) {
    const moved = (afterSecond[i] ?? 0) - (afterFirst[i] ?? 0);
    if (afterFirst[i] === second - 8 && moved >= 10_000 && moved <= 10_032) found.push(i);
  }
  exports.wasm_free(second);
  exports.wasm_free(first);
  invariant(found.length === 1, `the end of the heap is not where it was: ${found.length} candidates`);
  return STACK_TOP + (found[0] ?? 0) * 4;
}
