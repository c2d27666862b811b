/** A whole number with its digits in groups of three: `"20,000"`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1350 * 1e6` nanoseconds as `"1,350 ms"`; fractions of a millisecond with up to six digits. */
export function formatMs(ns: number): string {
  const whole = Math.floor(ns / 1_000_000);
  const rest = ns - whole * 1_000_000;
  const grouped = formatCount(whole);
  if (rest === 0) return `${grouped} ms`;
  return `${grouped}.${String(rest).padStart(6, "0").replace(/0+$/, "")} ms`;
}
