import { useEffect, useId, useRef } from "preact/hooks";
import type { ShownRun, Step, Timeline } from "#worker";
import { CodeText } from "./code-text.tsx";
import { lostClass, StepShare, type LostTelling } from "./lost-view.tsx";
import type { Walk } from "./step-keys.ts";
import { formatTime, plural } from "./words.ts";

interface StepListProps {
  readonly steps: readonly Step[];
  readonly lanes: Timeline["lanes"];
  readonly label: string;
  readonly walk: Walk;
  readonly marks?: ShownRun["marks"];
  /** When the run was lost, with a column of its own; absent where that is not told. */
  readonly lost?: LostTelling | undefined;
}

/**
 * Steps as a list: time goes down, each thread and each task has a column. The list itself has the focus, and says the current
 * step through `aria-activedescendant`.
 */
export function StepList({ steps, lanes, label, walk, marks = [], lost }: StepListProps) {
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const columns = columnsOf(steps, lanes);
  const { at } = walk;
  useEffect(() => scrollTo(list.current, at), [at]);
  return (
    <div class={lost ? "step-table step-table-lost" : "step-table"} style={{ "--threads": columns.length }}>
      <StepHeads columns={columns} tellsLost={lost !== undefined} />
      <div
        class="step-rows"
        role="listbox"
        aria-label={label}
        aria-activedescendant={`${id}-${at}`}
        tabIndex={0}
        ref={list}
        onKeyDown={walk.onKey}
        onFocus={walk.onFocus}
        onPointerLeave={() => walk.onHover(undefined)}
      >
        {steps.map((step, i) => (
          <StepRow
            key={step.index}
            id={`${id}-${i}`}
            step={step}
            skipped={step.index - (steps[i - 1]?.index ?? -1) - 1}
            time={i > 0 && steps[i - 1]?.timeNs === step.timeNs ? "" : formatTime(step.timeNs)}
            column={columns.findIndex((column) => column.lane === step.lane)}
            columns={columns.length}
            roles={marks.filter((mark) => mark.step === step.index).map((mark) => mark.role)}
            lost={lost}
            state={i === at ? "current" : i === walk.hovered ? "hovered" : "plain"}
            onPick={() => walk.onPick(i)}
            onHover={() => walk.onHover(i)}
          />
        ))}
      </div>
    </div>
  );
}

interface StepColumn {
  readonly lane: number;
  readonly name: string;
}

function StepHeads({ columns, tellsLost }: { columns: readonly StepColumn[]; tellsLost: boolean }) {
  return (
    <div class="step-heads" aria-hidden="true">
      <span>time</span>
      {tellsLost && <span>fails</span>}
      {columns.map(({ lane, name }, column) => (
        <span key={lane} class={sideOf(column, columns.length)}>
          {name}
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
  readonly state: "plain" | "hovered" | "current";
  /** What it did to show the mistake; empty for most. */
  readonly roles: readonly string[];
  /** Steps left out before this one. */
  readonly skipped: number;
  readonly lost: LostTelling | undefined;
  readonly onPick: () => void;
  readonly onHover: () => void;
}

function StepRow({ id, step, time, column, columns, state, roles, skipped, lost, ...on }: StepRowProps) {
  const { onPick, onHover } = on;
  return (
    <div
      id={id}
      class={`step step-${state}${lostClass(lost, step.index)}`}
      role="option"
      aria-selected={state === "current"}
      onClick={onPick}
      onPointerEnter={(event) => event.pointerType !== "touch" && onHover()}
    >
      <span class="time">{time}</span>
      <span class={`step-what ${sideOf(column, columns)}`} style={{ "--column": column }}>
        {skipped > 0 && <span class="skipped">… {plural(skipped, "step")} left out. </span>}
        {step.preempted && <span class="switch">switch here</span>}
        <span class="step-thread">{step.actor}</span>
        <span class="hidden-visually">: </span>
        <span>
          <CodeText text={step.text} />
        </span>
        {roles.map((role) => (
          <span key={role} class="tag">
            {" "}
            {role}
          </span>
        ))}
        {step.place && (
          <span class="step-place">
            <span class="hidden-visually">, </span>
            {step.place.file}:{step.place.line}
          </span>
        )}
      </span>
      {lost && <StepShare lost={lost} step={step.index} />}
    </div>
  );
}

/** Words begin at their actor's column, or end there in the right half: so there is always room for them. */
function sideOf(column: number, columns: number): string {
  return column >= 1 && column >= columns / 2 ? "step-right" : "step-left";
}

function columnsOf(steps: readonly Step[], lanes: Timeline["lanes"]): readonly StepColumn[] {
  const used = new Set(steps.map((step) => step.lane));
  return [...used].sort((a, b) => a - b).map((lane) => ({ lane, name: lanes[lane]?.name ?? "" }));
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
