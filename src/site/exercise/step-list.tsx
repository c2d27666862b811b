import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Step } from "#worker";
import { CodeText } from "./code-text.tsx";
import type { ExerciseSession } from "./session.ts";
import { formatTime } from "./words.ts";

interface StepListProps {
  readonly session: ExerciseSession;
  readonly steps: readonly Step[];
  /** Where to stand at first: the end, where it went wrong, unless told otherwise. */
  readonly startAt?: number;
  readonly label: string;
}

/**
 * A schedule to walk through: time goes down, each thread has a column. One step is current; its line is marked in
 * the code. The list itself has the focus, and says the current step through `aria-activedescendant`.
 */
export function StepList({ session, steps, startAt = steps.length - 1, label }: StepListProps) {
  const [at, setAt] = useState(startAt);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const threads = threadsOf(steps);
  const go = (to: number) => {
    const next = Math.max(0, Math.min(steps.length - 1, to));
    setAt(next);
    session.show(steps[next]?.place, "step");
  };
  useEffect(() => setAt(startAt), [steps]);
  useEffect(() => scrollTo(list.current, at), [at]);
  const onKey = (event: KeyboardEvent) => {
    const to = target(event.key, at, steps.length);
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <div class="steps" style={{ "--threads": threads.length }}>
      <StepBar at={at} count={steps.length} onGo={go} />
      <StepHeads threads={threads} />
      <div
        class="step-rows"
        role="listbox"
        aria-label={label}
        aria-activedescendant={`${id}-${at}`}
        tabIndex={0}
        ref={list}
        onKeyDown={onKey}
        onFocus={() => session.show(steps[at]?.place, "step")}
      >
        {steps.map((step, i) => (
          <StepRow
            key={step.index}
            id={`${id}-${i}`}
            step={step}
            time={i > 0 && steps[i - 1]?.timeNs === step.timeNs ? "" : formatTime(step.timeNs)}
            column={threads.findIndex((thread) => thread.id === step.thread)}
            columns={threads.length}
            current={i === at}
            onPick={() => go(i)}
          />
        ))}
      </div>
    </div>
  );
}

interface StepBarProps {
  readonly at: number;
  readonly count: number;
  readonly onGo: (to: number) => void;
}

function StepBar({ at, count, onGo }: StepBarProps) {
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

interface StepThread {
  readonly id: number;
  readonly name: string;
}

function StepHeads({ threads }: { threads: readonly StepThread[] }) {
  return (
    <div class="step-heads" aria-hidden="true">
      <span>time</span>
      {threads.map((thread, column) => (
        <span key={thread.id} class={sideOf(column, threads.length)}>
          {thread.name}
        </span>
      ))}
    </div>
  );
}

interface StepRowProps {
  readonly id: string;
  readonly step: Step;
  /** Left out where it is the time of the row above. */
  readonly time: string;
  readonly column: number;
  readonly columns: number;
  readonly current: boolean;
  readonly onPick: () => void;
}

function StepRow({ id, step, time, column, columns, current, onPick }: StepRowProps) {
  return (
    <div
      id={id}
      class={current ? "step step-current" : "step"}
      role="option"
      aria-selected={current}
      onClick={onPick}
    >
      <span class="time">{time}</span>
      <span class={`step-what ${sideOf(column, columns)}`} style={{ "--column": column + 2 }}>
        {step.preempted && <span class="switch">switch here</span>}
        <span class="step-thread">{step.threadName}</span>
        <span class="hidden-visually">: </span>
        <span>
          <CodeText text={step.text} />
        </span>
        {step.place && (
          <span class="step-place">
            <span class="hidden-visually">, </span>
            {step.place.file}:{step.place.line}
          </span>
        )}
      </span>
    </div>
  );
}

/** Words begin at their thread's column, or end there in the right half: so there is always room for them. */
function sideOf(column: number, columns: number): string {
  return column >= 1 && column >= columns / 2 ? "step-right" : "step-left";
}

function threadsOf(steps: readonly Step[]): readonly StepThread[] {
  const names = new Map<number, string>();
  for (const step of steps) names.set(step.thread, step.threadName);
  return [...names].sort(([a], [b]) => a - b).map(([id, name]) => ({ id, name }));
}

function target(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case "ArrowRight":
    case "ArrowDown":
      return at + 1;
    case "ArrowLeft":
    case "ArrowUp":
      return at - 1;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}

/** Keeps the current step in view inside the list, without moving the page. */
function scrollTo(list: HTMLElement | null, at: number): void {
  const row = list?.children[at];
  if (list === null || !(row instanceof HTMLElement)) return;
  const above = row.offsetTop - list.scrollTop;
  const below = row.offsetTop + row.offsetHeight - (list.scrollTop + list.clientHeight);
  if (above < 0) list.scrollTop += above;
  else if (below > 0) list.scrollTop += below;
}
