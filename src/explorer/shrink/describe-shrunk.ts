import type { Shrunk } from "./shrink.ts";

/** One sentence: how much simpler the failing schedule is than the one that was found; "" where it is not. */
export function describeShrunk(shrunk: Shrunk | null): string {
  if (shrunk === null) return "";
  const { preemptionsBefore, preemptions, switchesBefore, switches, minimal } = shrunk;
  if (preemptions < preemptionsBefore) {
    const least = minimal && preemptions > 0 ? "; no schedule with fewer fails in this way" : "";
    return `Shrunk from ${count(preemptionsBefore, "preemption")} to ${preemptions}${least}.`;
  }
  return switches < switchesBefore
    ? `Shrunk from ${count(switchesBefore, "switch", "switches")} between threads to ${switches}.`
    : "";
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
