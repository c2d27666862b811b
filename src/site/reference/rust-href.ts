/** Owns: from a path of Rust's library or of tokio to the page that documents it. */

/** What a page is called by what it documents; everything else with a capital letter is a struct. */
const TRAITS = new Set([
  "AsyncBufReadExt",
  "AsyncReadExt",
  "AsyncSeekExt",
  "AsyncWriteExt",
  "Deref",
  "DerefMut",
  "Drop",
  "Future",
  "IntoFuture",
  "Iterator",
  "Read",
  "Seek",
  "Stream",
  "StreamExt",
  "Wake",
  "Write",
]);
const ENUMS = new Set([
  "ErrorKind",
  "MissedTickBehavior",
  "Ordering",
  "Poll",
  "RecvError",
  "RecvTimeoutError",
  "Result",
  "SeekFrom",
  "Shutdown",
  "SocketAddr",
  "TryRecvError",
  "TrySendError",
]);
/** Methods that whoever implements the trait writes. */
const REQUIRED = new Set([
  "deref",
  "deref_mut",
  "drop",
  "flush",
  "into_future",
  "poll",
  "poll_next",
  "read",
  "seek",
  "write",
]);

const STANDARD = new Set(["std", "core", "alloc"]);

/** The address of what documents `path`, such as `std::sync::Mutex::lock` or `tokio::select!`. */
export function rustHref(path: string): string {
  const [crate = "", ...names] = path.split("::");
  const site = STANDARD.has(crate)
    ? "https://doc.rust-lang.org"
    : `https://docs.rs/${crate.replaceAll("_", "-")}/latest`;
  const at = names.findIndex((name) => /^[A-Z]/.test(name));
  const end = at < 0 ? names.length - 1 : at;
  const folder = [crate, ...names.slice(0, end)].join("/");
  const [name = "", member] = names.slice(end);
  return `${site}/${folder}/${pageOf(name)}${member === undefined ? "" : memberAnchor(name, member)}`;
}

function pageOf(name: string): string {
  if (name === "") return "index.html";
  if (name.endsWith("!")) return `macro.${name.slice(0, -1)}.html`;
  if (!/^[A-Z]/.test(name)) return `fn.${name}.html`;
  return `${TRAITS.has(name) ? "trait" : ENUMS.has(name) ? "enum" : "struct"}.${name}.html`;
}

function memberAnchor(type: string, member: string): string {
  const isTrait = TRAITS.has(type);
  if (/^[A-Z]/.test(member)) return `#${isTrait ? "associatedtype" : "variant"}.${member}`;
  // An extension trait provides all its methods.
  const isRequired = isTrait && !type.endsWith("Ext") && REQUIRED.has(member);
  return `#${isRequired ? "tymethod" : "method"}.${member}`;
}
