/** What we call of the QuickJS module (quickjs-wasi's C interface) and of the asyncify pass. Pointers are numbers. */
export interface QuickJsExports {
  readonly memory: WebAssembly.Memory;
  readonly __stack_pointer: WebAssembly.Global<"i32">;
  _initialize(): void;
  qjs_init(): number;
  qjs_compile(
    code: number,
    length: number,
    fileName: number,
    evalFlags: number,
    writeFlags: number,
    lengthOut: number,
  ): number;
  qjs_eval_bytecode(bytecode: number, length: number): number;
  qjs_call(fn: number, self: number, argc: number, argv: number): number;
  qjs_new_host_function(name: number, nameLength: number, length: number): number;
  qjs_get_global(): number;
  qjs_get_undefined(): number;
  qjs_get_prop_string(object: number, name: number): number;
  qjs_set_prop_string(object: number, name: number, value: number): number;
  qjs_new_number(value: number): number;
  qjs_new_string(text: number, length: number): number;
  qjs_is_number(value: number): number;
  qjs_get_float64(value: number): number;
  qjs_get_string_len(value: number, lengthOut: number): number;
  qjs_free_cstring(text: number): void;
  qjs_free_value(value: number): void;
  qjs_is_exception(value: number): number;
  qjs_get_exception(): number;
  qjs_get_typed_array_buffer(array: number, offsetOut: number, lengthOut: number, elementOut: number): number;
  qjs_get_array_buffer(buffer: number, lengthOut: number): number;
  qjs_set_memory_limit(bytes: number): void;
  qjs_set_max_stack_size(bytes: number): void;
  qjs_set_interrupt_handler(enabled: number): void;
  qjs_set_gc_threshold(bytes: number): void;
  qjs_run_gc(): void;
  qjs_get_runtime_ptr(): number;
  qjs_get_context_ptr(): number;
  qjs_set_runtime_and_context(runtime: number, context: number): void;
  wasm_malloc(bytes: number): number;
  wasm_free(pointer: number): void;
  asyncify_start_unwind(buffer: number): void;
  asyncify_stop_unwind(): void;
  asyncify_start_rewind(buffer: number): void;
  asyncify_stop_rewind(): void;
}
