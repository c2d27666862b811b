/** Owns: offsets, lines and columns of a text. Lines end as JavaScript ends them. */

/** The offset at which each line starts. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (const end of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(end.index + end[0].length);
  return starts;
}

/** Line and column of an offset, both from 0. */
export function positionAt(starts: readonly number[], offset: number): { line: number; column: number } {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, column: offset - starts[low]! };
}

/** UTF-16 column (from 0) of a UTF-8 byte column (from 0). */
export function columnOfByte(line: string, byte: number): number {
  let column = 0;
  for (const character of line) {
    if (byte <= 0) break;
    const point = character.codePointAt(0)!;
    byte -= point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    column += character.length;
  }
  return column;
}
