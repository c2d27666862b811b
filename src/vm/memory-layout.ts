/**
 * How a guest's memory is used below its heap. The module's own stack fills the first MiB and grows down from its top;
 * the guest may use STACK_BYTES of it, and what lies below is ours.
 *
 *   SCRATCH …        text and small answers on their way in and out
 *   BUFFER …         the suspended stack: end pointer and limit (two words), then the frames
 *   CARDS …          the card table: a byte a card of memory, 1 where the guest has written (src/build/card-marking.ts)
 *   … STACK_TOP      the stack
 *   STACK_TOP …      constants, variables, heap
 */

/** Where the module's stack begins. */
export const STACK_TOP = 1024 * 1024;

/** Native stack a guest may use, bytes; small enough for the 500 KB stacks of browser workers. */
export const STACK_BYTES = 32 * 1024;

export const SCRATCH = 1024;
export const SCRATCH_BYTES = 62 * 1024;

export const BUFFER = 64 * 1024;
export const BUFFER_BYTES = 256 * 1024;

export const CARDS = BUFFER + BUFFER_BYTES;

/** A card is 2 ** CARD_SHIFT bytes. */
export const CARD_SHIFT = 10;
export const CARD_BYTES = 1 << CARD_SHIFT;

/**
 * Bytes by which one store can reach into the next card: its card alone is marked, so whoever copies a card copies so
 * much of the next one.
 */
export const CARD_OVERHANG = 16;
