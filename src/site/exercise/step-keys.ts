/** What walking through steps needs: where it stands and what may be done. */
export interface Walk {
  readonly at: number;
  readonly hovered: number | undefined;
  readonly onPick: (step: number) => void;
  readonly onHover: (step: number | undefined) => void;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onFocus: () => void;
}

/** The step a key leads to, perhaps beyond the ends; undefined for keys that do not walk. */
export function stepAfterKey(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case "ArrowRight":
    case "ArrowDown":
      return at + 1;
    case "ArrowLeft":
    case "ArrowUp":
      return at - 1;
    case "PageDown":
      return at + 10;
    case "PageUp":
      return at - 10;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
