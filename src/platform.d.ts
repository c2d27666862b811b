/**
 * What the engine folders may use beyond the language: WebAssembly and text encoding.
 * Neither the DOM's nor Node's types are in their projects, so anything else is a type error.
 */
type BufferSource = ArrayBufferView<ArrayBuffer> | ArrayBuffer;

declare namespace WebAssembly {
  type ValueType = keyof ValueTypeMap;
  type ExternalKind = "function" | "global" | "memory" | "table" | "tag";
  type ExportValue = Function | Global | Memory | Table;
  type ImportValue = ExportValue | number;
  type Exports = Record<string, ExportValue>;
  type ModuleImports = Record<string, ImportValue>;
  type Imports = Record<string, ModuleImports>;

  interface MemoryDescriptor {
    initial: number;
    maximum?: number;
    shared?: boolean;
  }
  interface TableDescriptor {
    element: "anyfunc" | "externref";
    initial: number;
    maximum?: number;
  }
  interface ValueTypeMap {
    i32: number;
    i64: bigint;
    f32: number;
    f64: number;
    funcref: unknown;
    externref: unknown;
    v128: never;
  }
  interface GlobalDescriptor<T extends ValueType = ValueType> {
    value: T;
    mutable?: boolean;
  }
  interface ModuleExportDescriptor {
    name: string;
    kind: ExternalKind;
  }
  interface ModuleImportDescriptor extends ModuleExportDescriptor {
    module: string;
  }

  class Module {
    private readonly brand: "module";
    constructor(bytes: BufferSource);
    static exports(module: Module): ModuleExportDescriptor[];
    static imports(module: Module): ModuleImportDescriptor[];
    static customSections(module: Module, name: string): ArrayBuffer[];
  }
  class Instance {
    constructor(module: Module, imports?: Imports);
    readonly exports: Exports;
  }
  class Memory {
    constructor(descriptor: MemoryDescriptor);
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  class Table {
    constructor(descriptor: TableDescriptor, value?: unknown);
    readonly length: number;
    get(index: number): unknown;
    set(index: number, value?: unknown): void;
    grow(delta: number, value?: unknown): number;
  }
  class Global<T extends ValueType = ValueType> {
    constructor(descriptor: GlobalDescriptor<T>, value?: ValueTypeMap[T]);
    value: ValueTypeMap[T];
  }
  class CompileError extends Error {}
  class LinkError extends Error {}
  class RuntimeError extends Error {}

  function compile(bytes: BufferSource): Promise<Module>;
  function validate(bytes: BufferSource): boolean;
  function instantiate(module: Module, imports?: Imports): Promise<Instance>;
}

declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
  encodeInto(text: string, target: Uint8Array): { read: number; written: number };
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: ArrayBufferView | ArrayBuffer, options?: { stream?: boolean }): string;
}
