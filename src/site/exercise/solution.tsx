import { useRef, useState } from "preact/hooks";
import type { ExerciseSession } from "./session.ts";

/** What the site keeps of a solution, apart from every page. */
export interface SolutionFile {
  readonly name: string;
  /** Highlighted when the site was built. */
  readonly html: string;
}

type State =
  | { readonly kind: "hidden" | "loading" | "failed" }
  | { readonly kind: "shown"; readonly files: readonly SolutionFile[] };

/** The solution: at once after passing, else after a question; fetched only then. */
export function Solution({ session }: { session: ExerciseSession }) {
  const [state, setState] = useState<State>({ kind: "hidden" });
  const dialog = useRef<HTMLDialogElement>(null);
  const show = async () => {
    dialog.current?.close();
    setState({ kind: "loading" });
    const files = await fetchSolution(session.facts.solutionUrl);
    setState(files === undefined ? { kind: "failed" } : { kind: "shown", files });
  };
  const ask = () => (session.passed.value ? void show() : dialog.current?.showModal());
  const title = `${session.facts.slug}-solution-question`;
  return (
    <div class={state.kind === "shown" ? "solution solution-shown" : "solution"}>
      {state.kind === "shown" ? (
        <button type="button" class="link-button" onClick={() => setState({ kind: "hidden" })}>
          Hide the solution
        </button>
      ) : (
        <button type="button" class="link-button" onClick={ask} aria-busy={state.kind === "loading"}>
          Show the solution
        </button>
      )}
      {state.kind === "failed" && (
        <p role="alert">
          The solution could not be fetched. That is our fault, or the network’s; try again in a moment.
        </p>
      )}
      {state.kind === "shown" && <SolutionCode files={state.files} />}
      <dialog ref={dialog} class="question" aria-labelledby={title}>
        <p id={title}>
          <strong>Show the solution?</strong> You will learn more by trying once more.
        </p>
        <p class="question-answers">
          <button type="button" class="button button-main" onClick={() => dialog.current?.close()}>
            Keep trying
          </button>
          <button type="button" class="button" onClick={() => void show()}>
            Show it
          </button>
        </p>
      </dialog>
    </div>
  );
}

function SolutionCode({ files }: { files: readonly SolutionFile[] }) {
  return (
    <section aria-label="Solution">
      <p class="soft">One way to do it. Yours may look different and be as right.</p>
      {files.map(({ name, html }) => (
        <figure key={name}>
          <figcaption>{name}</figcaption>
          {/* Our own file, written by the highlighter at build time. */}
          <div dangerouslySetInnerHTML={{ __html: html }} />
        </figure>
      ))}
    </section>
  );
}

async function fetchSolution(url: string): Promise<readonly SolutionFile[] | undefined> {
  try {
    const response = await fetch(url);
    if (!response.ok) return undefined;
    return ((await response.json()) as { files: readonly SolutionFile[] }).files;
  } catch {
    return undefined;
  }
}
