interface StepBarProps {
  readonly at: number;
  readonly count: number;
  readonly onGo: (to: number) => void;
}

/** Buttons that walk through steps, and where one stands. */
export function StepBar({ at, count, onGo }: StepBarProps) {
  const button = (name: string, arrow: string, to: number, why: string) => (
    <button
      type="button"
      class="button"
      aria-label={name}
      aria-disabled={to < 0 || to >= count}
      title={to < 0 || to >= count ? why : name}
      onClick={() => onGo(to)}
    >
      {arrow}
    </button>
  );
  return (
    <div class="steps-bar">
      {button("Previous step", "←", at - 1, "This is the first step")}
      {button("Next step", "→", at + 1, "This is the last step")}
      <span class="soft">
        Step {at + 1} of {count}
      </span>
    </div>
  );
}
