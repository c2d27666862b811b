import type { ComponentChildren } from "preact";
import { useEffect, useRef, type MutableRef } from "preact/hooks";
import type { Editor } from "../editor/monaco.ts";
import type { ExerciseSession, Mark } from "./session.ts";

interface CodePaneProps {
  readonly session: ExerciseSession;
  readonly title: string;
  readonly children: ComponentChildren;
}

/** The learner's code: as part of the page, in a plain field or in the full editor, always in the same box. */
export function CodePane({ session, title, children }: CodePaneProps) {
  const surface = session.surface.value;
  const open = session.openFile.value;
  return (
    <div
      class={`code-pane surface-${surface}`}
      id={`${session.facts.slug}-code`}
      {...(Object.keys(session.facts.starter).length > 1
        ? { role: "tabpanel", "aria-labelledby": `${session.facts.slug}-tab-${open}` }
        : { role: "group", "aria-label": "Code" })}
      aria-busy={surface === "loading"}
    >
      {(surface === "static" || surface === "loading") && (
        <StaticCode session={session}>{children}</StaticCode>
      )}
      {surface === "plain" && <PlainCode session={session} title={title} />}
      {(surface === "monaco" || surface === "loading") && <MonacoCode session={session} title={title} />}
    </div>
  );
}

function StaticCode({ session, children }: { session: ExerciseSession; children: ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  const open = session.openFile.value;
  const text = session.files.value[open] ?? "";
  const own = text !== session.facts.starter[open];
  const mark = session.mark.value;
  useEffect(() => {
    for (const listing of box.current?.querySelectorAll<HTMLElement>("[data-file]") ?? []) {
      listing.hidden = own || listing.dataset["file"] !== open;
    }
  }, [own, open]);
  useEffect(() => (box.current ? markStatic(box.current, mark) : undefined), [mark, open]);
  const edit = () => session.openEditor({ focus: true });
  return (
    // The Edit button is the way for keyboards and screen readers; a click into the code is a convenience.
    <div
      class="static-code"
      ref={box}
      onClick={edit}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) edit();
      }}
    >
      {own && (
        <pre class="own-code" tabIndex={0}>
          <code>{text}</code>
        </pre>
      )}
      {children}
    </div>
  );
}

/** Marks a line of highlighted code. */
export function markStatic(box: HTMLElement, mark: Mark | undefined): void {
  for (const old of box.querySelectorAll(".code-mark")) old.className = "line";
  if (mark === undefined) return;
  const lines = box.querySelectorAll(`[data-file="${mark.file}"] .line`);
  const line = lines[mark.line - 1];
  line?.classList.add("code-mark", `code-mark-${mark.kind}`);
  line?.scrollIntoView({ block: "nearest" });
}

function PlainCode({ session, title }: { session: ExerciseSession; title: string }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const open = session.openFile.value;
  const mark = session.mark.value;
  useEffect(() => {
    if (session.takeFocus()) field.current?.focus();
  }, []);
  useEffect(() => {
    const area = field.current;
    if (area === null || mark === undefined || mark.file !== open) return;
    const lines = area.value.split("\n");
    const from = lines.slice(0, mark.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
    area.setSelectionRange(from, from + (lines[mark.line - 1]?.length ?? 0));
    area.scrollTop = (area.scrollHeight / lines.length) * Math.max(0, mark.line - 4);
  }, [mark, open]);
  return (
    <textarea
      ref={field}
      class="plain-code"
      aria-label={`${open}, ${title}`}
      spellcheck={false}
      autocapitalize="off"
      autocomplete="off"
      wrap="off"
      value={session.files.value[open] ?? ""}
      onInput={(event) => session.edit(open, event.currentTarget.value)}
    />
  );
}

function MonacoCode({ session, title }: { session: ExerciseSession; title: string }) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | undefined>(undefined);
  const open = session.openFile.value;
  const files = session.files.value;
  const mark = session.mark.value;
  const ready = session.surface.value === "monaco";
  useEffect(() => {
    let ended = false;
    void loadEditor(session, title, () => (ended ? null : host.current), editor);
    return () => {
      ended = true;
      editor.current?.dispose();
    };
  }, [session]);
  useEffect(() => {
    editor.current?.show(open);
    editor.current?.mark(mark);
  }, [open, mark, ready]);
  useEffect(() => {
    for (const [file, text] of Object.entries(files)) editor.current?.write(file, text);
  }, [files, ready]);
  return <div class="monaco-code" ref={host} />;
}

async function loadEditor(
  session: ExerciseSession,
  title: string,
  findHost: () => HTMLDivElement | null,
  slot: MutableRef<Editor | undefined>,
): Promise<void> {
  const monaco = await import("../editor/monaco.ts").catch(() => undefined);
  const host = findHost();
  if (host === null) return;
  if (monaco === undefined) {
    session.surface.value = "plain";
    session.announcement.value =
      "The full editor could not be loaded, which is our fault. Here is a plain one.";
    return;
  }
  const editor = monaco.openMonaco({
    host,
    slug: session.facts.slug,
    label: title,
    files: session.files.value,
    open: session.openFile.value,
    onEdit: (file, text) => session.edit(file, text),
    onRun: () => void session.run(),
    ...(!session.isExample && { onCheck: () => void session.check() }),
  });
  slot.current = editor;
  session.surface.value = "monaco";
  if (session.takeFocus()) editor.focus();
}
