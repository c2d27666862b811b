/** The host functions an instance needs beyond kernel calls. `clockNs` answers every clock the guest asks. */
export interface HostHooks {
  call(argc: number, argv: number): number;
  /** Asked about every 10,000 loop turns; true stops the guest. */
  interrupt(): boolean;
  clockNs(): number;
  memory(): WebAssembly.Memory;
  /** Told of each range of memory that an import has written. */
  wrote(start: number, length: number): void;
}

const SUCCESS = 0;
const NO_SUCH_FILE = 8;

/** The module's imports: no file, no real clock, no chance. What the guest engine would print is dropped. */
export function createImports(hooks: HostHooks): WebAssembly.Imports {
  const refuse = (): number => NO_SUCH_FILE;
  return {
    env: {
      host_call: (_name: number, _length: number, _self: number, argc: number, argv: number) =>
        hooks.call(argc, argv),
      host_interrupt: () => (hooks.interrupt() ? 1 : 0),
      host_promise_rejection: () => {},
      host_module_normalize: () => 0,
      host_module_load: () => 0,
      host_get_timezone_offset: () => 0,
    },
    wasi_snapshot_preview1: {
      clock_time_get: (_clock: number, _precision: bigint, out: number) => {
        new DataView(hooks.memory().buffer).setBigUint64(out, BigInt(hooks.clockNs()), true);
        hooks.wrote(out, 8);
        return SUCCESS;
      },
      random_get: (out: number, length: number) => {
        new Uint8Array(hooks.memory().buffer, out, length).fill(7);
        hooks.wrote(out, length);
        return SUCCESS;
      },
      fd_close: refuse,
      fd_fdstat_get: refuse,
      fd_seek: refuse,
      fd_write: refuse,
    },
  };
}
