import { GuestInstance } from "./instance.ts";
import type { Image } from "./image.ts";

/**
 * Instances waiting for work; making one costs a hundred times what loading an image into it does.
 * Owns no image: whoever takes an instance loads one.
 */
export class InstancePool {
  readonly #module: WebAssembly.Module;
  readonly #free: GuestInstance[] = [];
  #created = 0;

  constructor(module: WebAssembly.Module) {
    this.#module = module;
  }

  /** Instances made so far; a test of the pool's thrift. */
  get created(): number {
    return this.#created;
  }

  take(): GuestInstance {
    const instance = this.#free.pop();
    if (instance !== undefined) return instance;
    this.#created++;
    return GuestInstance.create(this.#module);
  }

  /** Takes an instance back, unless its memory outgrew the image or it broke: such a one is left to the collector. */
  give(instance: GuestInstance, image: Image, broken: boolean): void {
    if (!broken && instance.bytes.length === image.memoryBytes) this.#free.push(instance);
  }
}
