import { invariant } from "#base";
import { GuestInstance, STACK_BYTES, STACK_TOP, type Landmarks } from "./instance.ts";

/** Heap kept ready beyond an image, so that ordinary programs never grow an instance (grown ones are discarded). */
const HEADROOM_BYTES = 2 * 1024 * 1024;

/** Frozen memory of a guest at rest, ready to be loaded into any instance. */
export interface Image {
  /** Everything from the stack's top to the end of the used heap. */
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
  const instance = GuestInstance.create(options.module);
  const { exports } = instance;
  const heapTop = findHeapTop(instance);
  exports.wasm_free(exports.wasm_malloc(HEADROOM_BYTES));
  exports.qjs_set_max_stack_size(STACK_BYTES);
  exports.qjs_set_memory_limit(options.memoryMaxBytes);
  exports.qjs_set_interrupt_handler(1);
  instance.defineKernelCall("__kernel");
  exports.qjs_free_value(instance.evaluate(options.library, "library"));
  return take(instance, heapTop);
}

/** Compiles a program into a copy of the base image. Its module bodies run in each run, not here. */
export function createProgramImage(module: WebAssembly.Module, base: Image, code: string): Image {
  const instance = GuestInstance.create(module);
  loadImage(instance, base);
  const { exports } = instance;
  exports.qjs_free_value(instance.evaluate(`__interleave.load(${code}\n)`, "program"));
  exports.qjs_free_value(
    instance.evaluate("delete globalThis.__interleave; Object.freeze(globalThis)", "library"),
  );
  exports.qjs_run_gc();
  return snapshot(instance, base.marks);
}

/** Makes `instance` a fresh start of `image`. */
export function loadImage(instance: GuestInstance, image: Image): void {
  instance.growTo(image.memoryBytes);
  instance.bytes.set(image.bytes, image.stackPointer);
  instance.exports.__stack_pointer.value = image.stackPointer;
  if (instance.marks !== image.marks)
    instance.exports.qjs_set_runtime_and_context(image.marks.runtime, image.marks.context);
  instance.marks = image.marks;
}

function take(instance: GuestInstance, heapTop: number): Image {
  const { exports } = instance;
  const mailboxValue = instance.evaluate("__interleave.mailbox", "library");
  const marks: Landmarks = {
    program: instance.evaluate("__interleave.program", "library"),
    body: instance.evaluate("__interleave.body", "library"),
    undefined: exports.qjs_get_undefined(),
    mailbox: instance.addressOfArray(mailboxValue),
    runtime: exports.qjs_get_runtime_ptr(),
    context: exports.qjs_get_context_ptr(),
    heapTop,
  };
  exports.qjs_run_gc();
  return snapshot(instance, marks);
}

function snapshot(instance: GuestInstance, marks: Landmarks): Image {
  instance.marks = marks;
  const stackPointer = instance.exports.__stack_pointer.value;
  invariant(stackPointer === STACK_TOP, "an image is taken at rest");
  return {
    bytes: instance.bytes.slice(stackPointer, instance.heapEnd),
    stackPointer,
    memoryBytes: instance.bytes.length,
    marks,
  };
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
