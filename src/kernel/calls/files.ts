import { CALLS, FILE_CALL_BYTES, type FileEvent, OPEN, SEEK, STATUS } from "#abi";
import { formatMs, invariant } from "#base";
import type { Caller } from "../caller.ts";
import { OpenFile } from "../disk/open-file.ts";
import { moveNs } from "../disk/settings.ts";
import type { Handler, Handlers } from "../handler.ts";
import type { Kernel } from "../kernel.ts";

/** Bytes that one run may write in all: the disk's history is kept for questions about crashes. */
const WRITTEN_MAX = 16 * 1024 * 1024;

function openFileOf(kernel: Kernel, caller: Caller): OpenFile {
  const { object } = kernel.endpoints.get(caller.a);
  invariant(object instanceof OpenFile, `handle ${caller.a} is no file`);
  return object;
}

/** The text of a payload that is a path or bytes. */
function textOf(caller: Caller): string {
  return String(caller.payload).slice(1);
}

function note(
  kernel: Kernel,
  caller: Caller,
  path: string,
  event: Omit<FileEvent, "timeNs" | "thread">,
): void {
  kernel.disk.events.push({ path, event: { timeNs: kernel.nowNs, thread: caller.name, ...event } });
}

/** A call that takes its time, and then takes effect at one instant. */
interface Timed {
  object(kernel: Kernel, caller: Caller): number;
  /** How long it takes; misuse is found here. */
  lasts(kernel: Kernel, caller: Caller): number;
  perform(kernel: Kernel, caller: Caller): void;
  /** For messages: `` reads `log.txt` ``. */
  doing(kernel: Kernel, caller: Caller): string;
}

function timed({ object, lasts, perform, doing }: Timed): Handler {
  return {
    visible: true,
    waitable: true,
    object,
    begin: (kernel, caller) => {
      caller.deadlineNs = kernel.nowNs + lasts(kernel, caller);
    },
    ready: (kernel, caller) => caller.deadlineNs <= kernel.nowNs,
    perform,
    // Nothing was queued: who gives the call up has done nothing.
    cancel: () => {},
    wait: (kernel, caller) => ({
      reason: `${doing(kernel, caller)} until ${formatMs(caller.deadlineNs)}`,
      threads: [],
    }),
  };
}

/** Calls on names are all about the same thing, the disk. */
const onDisk = (kernel: Kernel): number => kernel.disk.id;
const onFile = (kernel: Kernel, caller: Caller): number => openFileOf(kernel, caller).file.id;

/** Misuse unless the caller may use the file and it was opened for this. */
function use(kernel: Kernel, caller: Caller, needs: "read" | "write" | "any"): OpenFile {
  const open = openFileOf(kernel, caller);
  kernel.ownership.use(caller, kernel.endpoints.get(caller.a));
  if (kernel.failed) return open;
  const place = kernel.names.place(open.site);
  const opened = `\`${open.path}\`, which was opened for`;
  const where = place === "" ? "" : ` (${place})`;
  if (needs === "read" && !open.readable)
    kernel.misuse(
      caller,
      `${caller.name} reads ${opened} writing${where}. Open it with \`File.open\` to read it, or with \`File.append\` to do both.`,
    );
  else if (needs === "write" && !open.writable)
    kernel.misuse(
      caller,
      `${caller.name} writes to ${opened} reading${where}. Open it with \`File.append\` to add to it, or with \`File.create\` to begin anew.`,
    );
  return open;
}

function onName(doing: string, act: (kernel: Kernel, caller: Caller) => void): Handler {
  return timed({
    object: onDisk,
    lasts: (kernel, caller) => kernel.disk.settings(pathOf(caller)).openNs,
    perform: act,
    doing: (_kernel, caller) => `${doing} \`${pathOf(caller)}\``,
  });
}

/** Of a rename: the name it had. */
function pathOf(caller: Caller): string {
  return caller.call === CALLS.fileRename ? namesOf(caller)[0] : textOf(caller);
}

function namesOf(caller: Caller): readonly [from: string, to: string] {
  const [from = "", to = ""] = textOf(caller).split("\n");
  return [from, to];
}

function open(kernel: Kernel, caller: Caller): void {
  const { disk } = kernel;
  const path = textOf(caller);
  const before = disk.names.get(path)?.content.length ?? 0;
  const opened = disk.open(path, caller.b, { timeNs: kernel.nowNs, site: caller.at });
  if (typeof opened === "string") return caller.complete(0, STATUS[opened]);
  caller.complete(kernel.endpoints.createHandle(opened, caller.owner).id);
  note(kernel, caller, path, { what: "open", at: 0, bytes: 0 });
  if ((caller.b & OPEN.truncate) === 0 || before === 0) return;
  note(kernel, caller, path, { what: "empty", at: 0, bytes: 0 });
  kernel.touch(opened.file.id);
}

function read(kernel: Kernel, caller: Caller): void {
  const open = openFileOf(kernel, caller);
  const at = open.position;
  const bytes = open.file.content.read(at, Math.min(caller.b, FILE_CALL_BYTES));
  open.position = at + bytes.length;
  note(kernel, caller, open.path, { what: "read", at, bytes: bytes.length });
  caller.complete(`b${bytes}`);
}

/** Writes as much as there is room for; with no room at all it fails. */
function write(kernel: Kernel, caller: Caller): void {
  const { disk } = kernel;
  const open = openFileOf(kernel, caller);
  const { file } = open;
  const bytes = textOf(caller);
  const at = open.appends ? file.content.length : open.position;
  const room = file.content.length + disk.free - at;
  if (bytes.length > 0 && room <= 0) return caller.complete(0, STATUS.noSpace);
  const written = bytes.slice(0, Math.max(0, Math.min(room, FILE_CALL_BYTES)));
  if (disk.written + written.length > WRITTEN_MAX)
    return kernel.fail("over-limit", "The program wrote more than 16 MB to the disk in one run.", caller);
  if (written !== "") disk.write(file, at, written, kernel.nowNs);
  open.position = at + written.length;
  note(kernel, caller, open.path, { what: "write", at, bytes: written.length });
  caller.complete(written.length);
}

function seek(kernel: Kernel, caller: Caller): void {
  const open = openFileOf(kernel, caller);
  const whence = caller.timeoutNs;
  const from = whence === SEEK.start ? 0 : whence === SEEK.end ? open.file.content.length : open.position;
  const position = from + caller.b;
  if (position < 0) return caller.complete(from, STATUS.badPosition);
  open.position = position;
  caller.complete(position);
}

/** The trace says which file a call was about whose object is the disk. */
function tellPath(kernel: Kernel, caller: Caller): void {
  caller.payload = `s${openFileOf(kernel, caller).path}`;
}

/** Files, after Rust's std::fs. */
export const fileCalls: Handlers = {
  [CALLS.fileOpen]: onName("opens", open),

  [CALLS.fileClone]: {
    visible: { probedBy: [CALLS.fileOpen] },
    object: onDisk,
    begin: (kernel, caller) => void use(kernel, caller, "any"),
    perform: (kernel, caller) => {
      if (kernel.disk.isCrowded) return caller.complete(0, STATUS.tooManyOpenFiles);
      tellPath(kernel, caller);
      caller.complete(kernel.endpoints.createHandle(openFileOf(kernel, caller), caller.owner).id);
    },
  },

  [CALLS.fileRead]: timed({
    object: onFile,
    lasts: (kernel, caller) => {
      const { path, file, position } = use(kernel, caller, "read");
      const settings = kernel.disk.settings(path);
      const left = Math.max(0, file.content.length - position);
      return settings.readNs + moveNs(settings, Math.min(caller.b, FILE_CALL_BYTES, left));
    },
    perform: read,
    doing: (kernel, caller) => `reads \`${openFileOf(kernel, caller).path}\``,
  }),

  [CALLS.fileWrite]: timed({
    object: onFile,
    lasts: (kernel, caller) => {
      const settings = kernel.disk.settings(use(kernel, caller, "write").path);
      return settings.writeNs + moveNs(settings, Math.min(textOf(caller).length, FILE_CALL_BYTES));
    },
    perform: write,
    doing: (kernel, caller) => `writes to \`${openFileOf(kernel, caller).path}\``,
  }),

  [CALLS.fileSeek]: {
    visible: true,
    waitable: true,
    object: onFile,
    begin: (kernel, caller) => void use(kernel, caller, "any"),
    perform: seek,
  },

  [CALLS.fileSync]: timed({
    object: onFile,
    lasts: (kernel, caller) => {
      const { path } = use(kernel, caller, "any");
      // What is written while the sync is under way is not promised.
      caller.b = kernel.disk.order;
      return kernel.disk.settings(path).syncNs;
    },
    perform: (kernel, caller) => {
      const { file, path } = openFileOf(kernel, caller);
      kernel.disk.sync(file, caller.b, kernel.nowNs);
      note(kernel, caller, path, { what: "sync", at: 0, bytes: 0 });
      caller.complete(0);
    },
    doing: (kernel, caller) => `syncs \`${openFileOf(kernel, caller).path}\``,
  }),

  // One step with the local code that follows, unless somebody could find that one more file can be opened.
  [CALLS.fileClose]: {
    visible: { probedBy: [CALLS.fileOpen] },
    object: onDisk,
    // With b, by the end of a block: what has moved or was closed before is left alone, as Rust drops it once.
    begin: (kernel, caller) => {
      if (caller.b === 0) use(kernel, caller, "any");
    },
    perform: (kernel, caller) => {
      const endpoint = kernel.endpoints.get(caller.a);
      const owner = caller.b === 0 ? kernel.ownership.ownerFor(caller, endpoint) : caller.owner;
      if (!endpoint.owners.has(owner)) return caller.complete(0);
      endpoint.moves.set(caller.owner, { variable: "", into: "close()", site: caller.at });
      kernel.endpoints.release(endpoint, owner);
      tellPath(kernel, caller);
      caller.complete(0);
    },
  },

  [CALLS.fileExists]: onName("looks for", (kernel, caller) =>
    caller.complete(kernel.disk.names.has(textOf(caller)) ? 1 : 0),
  ),

  [CALLS.fileRemove]: onName("removes", (kernel, caller) => {
    const removed = kernel.disk.remove(textOf(caller), kernel.nowNs);
    if (removed === null) return caller.complete(0, STATUS.notFound);
    note(kernel, caller, textOf(caller), { what: "remove", at: 0, bytes: 0 });
    caller.complete(0);
  }),

  [CALLS.fileRename]: onName("renames", (kernel, caller) => {
    const [from, to] = namesOf(caller);
    if (kernel.disk.rename(from, to, kernel.nowNs) === null) return caller.complete(0, STATUS.notFound);
    for (const path of [from, to]) note(kernel, caller, path, { what: "rename", at: 0, bytes: 0 });
    caller.complete(0);
  }),
};
