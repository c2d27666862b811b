import type { Caller } from "../caller.ts";
import type { Wait } from "../handler.ts";
import type { Hold } from "../hold.ts";
import type { Kernel } from "../kernel.ts";
import type { PermitLine, Place } from "../permit-line.ts";

/** What somebody in a line waits for. */
export interface Line {
  readonly line: PermitLine;
  /** "for 2 permits of `limit`", "to read `total`". */
  readonly what: string;
  /** What those do who hold it: "which … holds", "of which … has 2". */
  readonly which: string;
  readonly doing: (hold: Pick<Hold, "permits">) => string;
  /** Said where nobody holds anything. */
  readonly alone?: string;
}

/** Why `caller` stands in a line: who holds what it wants, and who asked before it. */
export function waitInLine(
  kernel: Kernel,
  caller: Caller,
  { line, what, which, doing, alone = "" }: Line,
): Wait {
  const names = (owner: number): string => (owner === caller.owner ? "it" : kernel.nameOfOwner(owner));
  const holds = [...line.holds];
  const before = line.places.slice(
    0,
    line.places.findIndex((place) => place.caller === caller),
  );
  const held = holds.flatMap((hold) => {
    const who = hold.owners.map(names).join(" and ");
    return who === "" ? [] : [`${who} ${doing(hold)}${itself(hold, caller)}${since(kernel, hold)}`];
  });
  const ahead = [...new Set(before.map((place) => describe(place, names)))];
  const parts = [
    held.length === 0 ? "" : `, ${which} ${sentence(held)}`,
    ahead.length === 0 ? "" : `, in line behind ${sentence(ahead)}`,
  ];
  const owners = [...holds.flatMap((hold) => hold.owners), ...before.map((place) => place.caller.owner)];
  const why = parts.join("") || alone;
  return { reason: `waits ${what}${why}`, threads: [...new Set(owners)] };
}

function itself(hold: Hold, caller: Caller): string {
  return hold.owners.includes(caller.owner) ? " itself" : "";
}

function since(kernel: Kernel, hold: Hold): string {
  const place = kernel.names.place(hold.at);
  return place === "" ? "" : ` (taken at ${place})`;
}

function describe(place: Place, names: (owner: number) => string): string {
  const who = names(place.caller.owner);
  return place.missing === 0 ? `${who}, whose turn it is` : who;
}

const NAMED_MAX = 3;

/** "a, b and c", the first few of many. */
function sentence(parts: readonly string[]): string {
  const named =
    parts.length > NAMED_MAX ? [...parts.slice(0, NAMED_MAX), `${parts.length - NAMED_MAX} more`] : parts;
  const last = named.at(-1) ?? "";
  return named.length < 2 ? last : `${named.slice(0, -1).join(", ")} and ${last}`;
}
