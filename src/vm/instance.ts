import { MAILBOX } from "#abi";
import { invariant } from "#base";
import { clearCards, copyCardTable, copyMarkedCards, markWritten } from "./cards.ts";
import type { QuickJsExports } from "./exports.ts";
import type { Image } from "./image.ts";
import { createImports } from "./imports.ts";
import { BUFFER, BUFFER_BYTES, SCRATCH, SCRATCH_BYTES, STACK_TOP } from "./memory-layout.ts";
import { decodeText, encodeText, toUtf8 } from "./text.ts";
import { createLastWords, isTrap } from "./traps.ts";

/** Compiler flag: keep line numbers, drop the source text. */
const STRIP_SOURCE = 1 << 4;

/** More than any script leaves behind when it has run. */
const EVALUATION_ROOM = 1024 * 1024;

/** How one entry into the guest ended. */
export type Turn = "suspended" | "returned" | "threw" | "trapped";

/** Who answers a guest's kernel calls and decides when it has run for too long. */
export interface GuestPort {
  /** True: the reply is set, go on. False: suspend. */
  call(instance: GuestInstance): boolean;
  interrupt(): boolean;
  clockNs(): number;
}

const NO_PORT: GuestPort = { call: () => true, interrupt: () => false, clockNs: () => 0 };

/** Where things lie in an image: the same in every instance that has loaded it. */
export interface Landmarks {
  /** The library's functions that begin the first thread, and any other. */
  readonly program: number;
  readonly body: number;
  readonly undefined: number;
  readonly mailbox: number;
  readonly runtime: number;
  readonly context: number;
  /** Address of the allocator's variable that holds the end of the used heap. */
  readonly heapTop: number;
  /** From the stack's top to here lie the module's constants, which are never copied: every instance has them. */
  readonly constantsEnd: number;
}

/**
 * One WebAssembly instance of the guest engine. Owns its memory and whether it is suspended.
 * Everything is synchronous: a kernel call that must wait unwinds the stack, and a resume rebuilds it.
 */
export class GuestInstance {
  readonly exports: QuickJsExports;
  port: GuestPort = NO_PORT;
  marks: Landmarks | null = null;
  /** What the memory holds where no card is marked. */
  #image: Image | null = null;

  argc = 0;
  #argv = 0;
  #reply: number | string = 0;
  #entry = 0;
  #rewinding = false;
  #unwound = false;
  #words = new Int32Array(0);
  #bytes = new Uint8Array(0);

  private constructor(module: WebAssembly.Module) {
    const imports = createImports({
      call: (argc, argv) => this.#hostCall(argc, argv),
      interrupt: () => this.port.interrupt(),
      clockNs: () => this.port.clockNs(),
      memory: () => this.exports.memory,
      wrote: (start, length) => markWritten(this, start, length),
    });
    this.exports = new WebAssembly.Instance(module, imports).exports as unknown as QuickJsExports;
  }

  /** Memory as the module brings it, before its engine has started. */
  static blank(module: WebAssembly.Module): GuestInstance {
    return new GuestInstance(module);
  }

  /** A fresh instance with an empty engine. */
  static create(module: WebAssembly.Module): GuestInstance {
    const instance = new GuestInstance(module);
    instance.exports._initialize();
    invariant(instance.exports.qjs_init() === 0, "the guest engine did not start");
    return instance;
  }

  get bytes(): Uint8Array {
    // A view of memory that has grown since is empty.
    if (this.#bytes.length === 0) this.#refresh();
    return this.#bytes;
  }

  get words(): Int32Array {
    if (this.#words.length === 0) this.#refresh();
    return this.#words;
  }

  /** Argument `index` of the kernel call in progress, a number. */
  argNumber(index: number): number {
    const words = this.words;
    const value = words[(this.#argv >> 2) + index] ?? 0;
    // A boxed value is 8 bytes; a zero tag means a 32-bit integer, which spares a call into the module.
    if (words[(value >> 2) + 1] === 0) return words[value >> 2] ?? 0;
    return this.exports.qjs_get_float64(value);
  }

  /** Argument `index` as number or text. */
  argValue(index: number): number | string {
    const value = this.words[(this.#argv >> 2) + index] ?? 0;
    if (this.exports.qjs_is_number(value) !== 0) return this.argNumber(index);
    return this.textOf(value);
  }

  /** Sets what the kernel call in progress (or suspended) will return, and its status. */
  setReply(reply: number | string, status: number): void {
    this.#reply = reply;
    this.words[((this.marks?.mailbox ?? 0) >> 2) + MAILBOX.status] = status;
  }

  getMail(slot: number): number {
    return this.words[((this.marks?.mailbox ?? 0) >> 2) + slot] ?? 0;
  }

  setMail(slot: number, value: number): void {
    this.words[((this.marks?.mailbox ?? 0) >> 2) + slot] = value;
  }

  /** Runs one of the image's entry functions from its beginning. */
  start(entry: "program" | "body"): Turn {
    this.#entry = this.marks?.[entry] ?? 0;
    this.#rewinding = false;
    return this.#enter();
  }

  /** Goes on after a suspended kernel call, which returns the reply. */
  resume(): Turn {
    this.#rewinding = true;
    this.exports.asyncify_start_rewind(BUFFER);
    return this.#enter();
  }

  /** Text of the error that ended the last turn; "" for what cannot be told. The instance is not to be used again. */
  takeError(): { readonly message: string; readonly stack: string } {
    this.port = createLastWords();
    this.#reply = 0;
    try {
      const error = this.exports.qjs_get_exception();
      const message = this.textOf(error);
      return { message, stack: this.#property(error, "stack") };
    } catch (error) {
      if (isTrap(error)) return { message: "", stack: "" };
      throw error;
    }
  }

  /**
   * Compiles a script to bytecode, without its source text, which every function would hold a copy of.
   * Throws a host Error with the guest's message where it does not compile.
   */
  compile(code: string, fileName: string): Uint8Array {
    const { exports } = this;
    const text = this.#write(code);
    const name = this.#write(fileName);
    const out = exports.wasm_malloc(4);
    const bytecode = exports.qjs_compile(text.pointer, text.length, name.pointer, 0, STRIP_SOURCE, out);
    if (bytecode === 0) throw this.#hostError();
    return this.bytes.slice(bytecode, bytecode + (this.words[out >> 2] ?? 0));
  }

  /**
   * Runs compiled bytecode. Throws a host Error with the guest's message where it throws.
   * The bytecode lies beyond a block that is free again when the script allocates: what is left of it afterwards is
   * at the heap's end, not a hole that every copy of this memory would carry.
   */
  evaluate(bytecode: Uint8Array): number {
    const { exports } = this;
    const room = exports.wasm_malloc(EVALUATION_ROOM);
    const at = exports.wasm_malloc(bytecode.length);
    invariant(room !== 0 && at !== 0, "the guest's memory is full");
    exports.wasm_free(room);
    this.bytes.set(bytecode, at);
    markWritten(this, at, bytecode.length);
    const value = exports.qjs_eval_bytecode(at, bytecode.length);
    exports.wasm_free(at);
    if (value === 0 || exports.qjs_is_exception(value) !== 0) throw this.#hostError();
    return value;
  }

  #hostError(): Error {
    const { message, stack } = this.takeError();
    return new Error(`${message}\n${stack}`);
  }

  /** Defines a global function whose calls are kernel calls. */
  defineKernelCall(name: string): void {
    const text = this.#write(name);
    const fn = this.exports.qjs_new_host_function(text.pointer, text.length, 0);
    this.exports.qjs_set_prop_string(this.exports.qjs_get_global(), text.pointer, fn);
    this.exports.wasm_free(text.pointer);
  }

  /** Address of the bytes of a typed array value. */
  addressOfArray(value: number): number {
    const { exports } = this;
    const out = exports.wasm_malloc(16);
    const buffer = exports.qjs_get_typed_array_buffer(value, out, out + 4, out + 8);
    const offset = this.words[out >> 2] ?? 0;
    const data = exports.qjs_get_array_buffer(buffer, out);
    exports.wasm_free(out);
    exports.qjs_free_value(buffer);
    invariant(data !== 0, "no typed array");
    return data + offset;
  }

  textOf(value: number): string {
    const pointer = this.exports.qjs_get_string_len(value, SCRATCH);
    const length = this.words[SCRATCH >> 2] ?? 0;
    const text = pointer === 0 ? "" : decodeText(this.bytes, pointer, length);
    this.exports.qjs_free_cstring(pointer);
    return text;
  }

  /** End of the heap in use; the whole memory where the allocator's variable is not known. */
  get heapEnd(): number {
    const at = this.marks?.heapTop ?? 0;
    return at === 0 ? this.bytes.length : (this.words[at >> 2] ?? 0) + HEAP_TOP_HEADER;
  }

  /** Becomes a fresh start of `image`: where it held the same image before, only what has been written since is copied. */
  load(image: Image): void {
    const { marks } = image;
    this.growTo(image.memoryBytes);
    const source = {
      bytes: image.bytes,
      start: marks.constantsEnd,
      end: marks.constantsEnd + image.bytes.length,
    };
    if (this.#image === image) copyMarkedCards(this, source, this);
    else this.bytes.set(image.bytes, source.start);
    clearCards(this);
    this.#settle(image, image.stackPointer);
  }

  /**
   * Becomes a copy of `parent`, which is inside a kernel call. What the engine needs of the callers stands in memory
   * at a call, closures' variables on their frames included; the copy never returns to them: it starts its own
   * entry below, and suspends no frame but its own. Of two instances of one image only what either has written is copied.
   */
  copyFrom(parent: GuestInstance): void {
    const image = parent.#image;
    invariant(image !== null, "an instance without image cannot be copied");
    this.growTo(parent.bytes.length);
    const { bytes } = parent;
    const start = image.marks.constantsEnd;
    const end = parent.heapEnd;
    if (this.#image === image)
      copyMarkedCards(this, { bytes: bytes.subarray(start, end), start, end }, parent);
    else this.bytes.set(bytes.subarray(start, end), start);
    copyCardTable(this, parent);
    const sp = parent.exports.__stack_pointer.value;
    this.bytes.set(bytes.subarray(sp, STACK_TOP), sp);
    this.#settle(image, sp);
  }

  #settle(image: Image, stackPointer: number): void {
    const { marks } = image;
    this.exports.__stack_pointer.value = stackPointer;
    if (this.marks !== marks) this.exports.qjs_set_runtime_and_context(marks.runtime, marks.context);
    this.marks = marks;
    this.#image = image;
    markWritten(this, marks.mailbox, MAILBOX.length * 4);
  }

  growTo(bytes: number): void {
    const missing = bytes - this.bytes.length;
    if (missing > 0) this.exports.memory.grow(missing / 65536);
  }

  #enter(): Turn {
    const marks = this.marks;
    invariant(marks !== null, "an instance without image cannot run");
    try {
      const result = this.exports.qjs_call(this.#entry, marks.undefined, 0, 0);
      if (!this.#unwound) return this.exports.qjs_is_exception(result) === 0 ? "returned" : "threw";
      this.#unwound = false;
      this.exports.asyncify_stop_unwind();
      return "suspended";
    } catch (error) {
      this.#unwound = false;
      if (isTrap(error)) return "trapped";
      throw error;
    }
  }

  #hostCall(argc: number, argv: number): number {
    if (this.#rewinding) {
      this.#rewinding = false;
      this.exports.asyncify_stop_rewind();
      return this.#takeReply();
    }
    this.argc = argc;
    this.#argv = argv;
    if (this.port.call(this)) return this.#takeReply();
    const words = this.words;
    words[BUFFER >> 2] = BUFFER + 16;
    words[(BUFFER >> 2) + 1] = BUFFER + BUFFER_BYTES;
    this.#unwound = true;
    this.exports.asyncify_start_unwind(BUFFER);
    return 0;
  }

  #takeReply(): number {
    const reply = this.#reply;
    if (typeof reply === "number") return this.exports.qjs_new_number(reply);
    const length = encodeText(reply, this.bytes, SCRATCH, SCRATCH_BYTES);
    if (length >= 0) return this.exports.qjs_new_string(SCRATCH, length);
    const text = this.#write(reply);
    const value = this.exports.qjs_new_string(text.pointer, text.length);
    this.exports.wasm_free(text.pointer);
    return value;
  }

  #property(object: number, name: string): string {
    const text = this.#write(name);
    const value = this.exports.qjs_get_prop_string(object, text.pointer);
    this.exports.wasm_free(text.pointer);
    return this.textOf(value);
  }

  #write(text: string): { readonly pointer: number; readonly length: number } {
    const encoded = toUtf8(text);
    const pointer = this.exports.wasm_malloc(encoded.length + 1);
    invariant(pointer !== 0, "the guest's memory is full");
    this.bytes.set(encoded, pointer);
    this.bytes[pointer + encoded.length] = 0;
    markWritten(this, pointer, encoded.length + 1);
    return { pointer, length: encoded.length };
  }

  #refresh(): void {
    this.#bytes = new Uint8Array(this.exports.memory.buffer);
    this.#words = new Int32Array(this.exports.memory.buffer);
  }
}

/** The allocator keeps a chunk header in front of the unused rest of the heap. */
const HEAP_TOP_HEADER = 16;
