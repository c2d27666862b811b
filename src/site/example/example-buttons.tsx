import { useRef, useState } from "preact/hooks";
import type { ExampleAction } from "./example-actions.tsx";

const BUTTONS: readonly (readonly [act: ExampleAction, name: string, label: (title: string) => string])[] = [
  ["run", "Run", (title) => `Run ${title}`],
  ["schedule", "Another schedule", (title) => `Another schedule for ${title}`],
  ["edit", "Edit", (title) => `Edit ${title}`],
];

/** What can be done with an example that was drawn when the site was built; the first use loads what that needs. */
export default function ExampleButtons({ title }: { title: string }) {
  const row = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<"drawn" | "loading" | "failed">("drawn");
  const open = async (act: ExampleAction) => {
    const example = row.current?.closest<HTMLElement>("[data-example]");
    if (!example || state === "loading") return;
    setState("loading");
    try {
      const { showExample } = await import("./live-example.tsx");
      showExample(example, act);
    } catch {
      setState("failed");
    }
  };
  return (
    <>
      <div class="example-actions" ref={row} aria-busy={state === "loading"}>
        {BUTTONS.map(([act, name, label]) => (
          <button type="button" class="button" key={act} aria-label={label(title)} onClick={() => open(act)}>
            {name}
          </button>
        ))}
      </div>
      <p class="example-status" role="status">
        {state === "loading" && "Loading…"}
        {state === "failed" && "This could not be loaded, which is our fault. Reload the page."}
      </p>
    </>
  );
}
