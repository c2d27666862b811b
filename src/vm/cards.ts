import { CARD_BYTES, CARD_OVERHANG, CARD_SHIFT, CARDS } from "./memory-layout.ts";

/** A guest's memory, seen as bytes and as words. */
export interface Memory {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
}

/** Memory to copy from; `bytes[0]` stands for the address `start`. */
export interface Source {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** Notes that the host has written `length` bytes at `start`: what a guest writes it notes itself. */
export function markWritten({ bytes }: Memory, start: number, length: number): void {
  const last = (start + length - 1) >> CARD_SHIFT;
  for (let card = start >> CARD_SHIFT; card <= last; card++) bytes[CARDS + card] = 1;
}

/** Forgets what was written: the memory is now what it is compared with. */
export function clearCards({ bytes }: Memory): void {
  bytes.fill(0, CARDS, CARDS + (bytes.length >> CARD_SHIFT));
}

/** Takes over what `from` has noted. */
export function copyCardTable(to: Memory, from: Memory): void {
  to.bytes.set(from.bytes.subarray(CARDS, CARDS + (from.bytes.length >> CARD_SHIFT)), CARDS);
}

/** Copies from `source` every card that is marked in `to` or in `other`. */
export function copyMarkedCards(to: Memory, source: Source, other: Memory): void {
  const { words } = to;
  const otherWords = other.words;
  const firstWord = (CARDS + (source.start >> CARD_SHIFT)) >> 2;
  const lastWord = (CARDS + ((source.end - 1) >> CARD_SHIFT)) >> 2;
  let runStart = -1;
  for (let at = firstWord; at <= lastWord; at++) {
    const marks = (words[at] ?? 0) | (otherWords[at] ?? 0);
    if (marks === 0) {
      if (runStart >= 0) {
        copyRun(to, source, runStart, at * 4 - CARDS);
        runStart = -1;
      }
      continue;
    }
    for (let i = 0; i < 4; i++) {
      const isMarked = ((marks >>> (i * 8)) & 1) === 1;
      const card = at * 4 - CARDS + i;
      if (isMarked && runStart < 0) runStart = card;
      else if (!isMarked && runStart >= 0) {
        copyRun(to, source, runStart, card);
        runStart = -1;
      }
    }
  }
  if (runStart >= 0) copyRun(to, source, runStart, lastWord * 4 + 4 - CARDS);
}

/** Copies the cards from `first` to before `last`, and what one more store may have written beyond. */
function copyRun({ bytes }: Memory, source: Source, first: number, last: number): void {
  const start = Math.max(first * CARD_BYTES, source.start);
  const end = Math.min(last * CARD_BYTES + CARD_OVERHANG, source.end);
  if (start < end) bytes.set(source.bytes.subarray(start - source.start, end - source.start), start);
}
