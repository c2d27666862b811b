/** Whole numbers from 0 as unsigned LEB128: seven bits a byte, the lowest first. */
export function encodeVarints(numbers: readonly number[]): number[] {
  return numbers.flatMap(encodeVarint);
}

/** The numbers before the first malformed one; `whole` where there is none. A number has one form, the shortest. */
export function decodeVarints(bytes: readonly number[]): { numbers: number[]; whole: boolean } {
  const numbers: number[] = [];
  let value = 0;
  let scale = 1;
  for (const byte of bytes) {
    value += (byte & 127) * scale;
    scale *= 128;
    if (byte >= 128) continue;
    if (value > Number.MAX_SAFE_INTEGER || (byte === 0 && scale > 128)) return { numbers, whole: false };
    numbers.push(value);
    value = 0;
    scale = 1;
  }
  return { numbers, whole: scale === 1 };
}

function encodeVarint(number: number): number[] {
  const bytes: number[] = [];
  let rest = number;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}
