import { inspect } from "./inspect.ts";

/*
 * Bytes cross the boundary as text, a character each (the form "b" of src/abi/payload.ts). Every step is one of the
 * engine's own functions: a loop over bytes would spend the program's fuel.
 */

interface Native {
  readonly btoa: (text: string) => string;
  readonly escape: (text: string) => string;
  readonly unescape: (text: string) => string;
}

/** Taken before any program runs. */
const { btoa, escape, unescape } = globalThis as unknown as Native;
const fromBase64 = Reflect.get(Uint8Array, "fromBase64") as (text: string) => Uint8Array;
const readKind = getterOf(Symbol.toStringTag);
const readBuffer = getterOf("buffer");
const readOffset = getterOf("byteOffset");
const readLength = getterOf("length");

/** What the language itself says of an array of bytes: a program's class may answer otherwise. */
function getterOf(key: PropertyKey): (bytes: Uint8Array) => unknown {
  const prototype = Object.getPrototypeOf(Uint8Array.prototype) as object;
  const get = Reflect.getOwnPropertyDescriptor(prototype, key)?.get ?? (() => undefined);
  return (bytes) => Reflect.apply(get, bytes, []);
}

/** As many arguments as the engine takes in one call without using much of its stack. */
const CHUNK = 1_024;

/** True for an array of bytes, whatever its prototype says. */
export function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && readKind(value as Uint8Array) === "Uint8Array";
}

/** At most `max` of `bytes`, beginning with number `from`, as a payload. */
export function encodeBytes(bytes: Uint8Array, from = 0, max = Infinity): string {
  const left = (readLength(bytes) as number) - from;
  const offset = (readOffset(bytes) as number) + from;
  const part = new Uint8Array(readBuffer(bytes) as ArrayBuffer, offset, Math.min(left, max));
  let text = "b";
  for (let at = 0; at < part.length; at += CHUNK)
    text += Reflect.apply(String.fromCharCode, undefined, part.subarray(at, at + CHUNK)) as string;
  return text;
}

/** The UTF-8 bytes of `text` as a payload; half a surrogate pair becomes U+FFFD. */
export function encodeText(text: string): string {
  return `b${unescape(encodeURIComponent(text.toWellFormed()))}`;
}

/** A fresh array of the bytes in a payload. */
export function decodeBytes(payload: string | number): Uint8Array {
  return Reflect.apply(fromBase64, Uint8Array, [btoa(String(payload).slice(1))]);
}

/** The text that a payload's bytes are in UTF-8; null where they are not. */
export function decodeText(payload: string | number): string | null {
  try {
    return decodeURIComponent(escape(String(payload).slice(1)));
  } catch {
    return null;
  }
}

/** What a program wants written, as bytes: text becomes UTF-8. A clear error for what is neither bytes nor text. */
export function bytesOf(data: Uint8Array | string, what: string): Uint8Array {
  return isBytes(data) ? data : decodeBytes(encodeData(data, what));
}

/** {@link bytesOf} as a payload. */
export function encodeData(data: Uint8Array | string, what: string): string {
  return piecesOf(data, what).from(0, Infinity);
}

/** Bytes that are written piece by piece: all of them as a payload would need their room a second time. */
export interface Pieces {
  readonly length: number;
  /** At most `max` bytes from number `at` on, as a payload. */
  from(at: number, max: number): string;
}

/** {@link bytesOf} in pieces. */
export function piecesOf(data: Uint8Array | string, what: string): Pieces {
  if (typeof data === "string") {
    const payload = encodeText(data);
    return { length: payload.length - 1, from: (at, max) => `b${payload.slice(at + 1, at + 1 + max)}` };
  }
  if (!isBytes(data)) throw new TypeError(`${what} needs text or a Uint8Array, got ${inspect(data)}`);
  return { length: readLength(data) as number, from: (at, max) => encodeBytes(data, at, max) };
}
