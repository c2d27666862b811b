/** Plain text in which `backticks` mark code. */
export function CodeText({ text }: { text: string }) {
  return <>{text.split("`").map((piece, i) => (i % 2 === 1 ? <code key={i}>{piece}</code> : piece))}</>;
}
