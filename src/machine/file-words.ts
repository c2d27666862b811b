import { CALLS, type TraceEvent } from "#abi";

/** What the thread of a `blocked` event has begun to do with a file; "" where the call is about none. */
export function fileWaiting(call: number, file: string): string {
  switch (call) {
    case CALLS.fileOpen:
      return "begins to open a file";
    case CALLS.fileRead:
      return `begins to read ${file}`;
    case CALLS.fileWrite:
      return `begins to write to ${file}`;
    case CALLS.fileSync:
      return `begins to sync ${file}`;
    case CALLS.fileExists:
      return "begins to look for a file";
    case CALLS.fileRemove:
      return "begins to remove a file";
    case CALLS.fileRename:
      return "begins to rename a file";
    default:
      return "";
  }
}

/** What a finished call did to a file; "" where the call is about none. Details of calls on names are quoted names. */
export function fileDone({ call, detail }: TraceEvent, file: string): string {
  const failed = FAILED[detail];
  switch (call) {
    case CALLS.fileOpen:
      return failed === undefined ? `opens ${detail}` : `cannot open a file: ${failed}`;
    case CALLS.fileClone:
      return failed === undefined ? `clones its handle of ${detail}` : `cannot clone a file: ${failed}`;
    case CALLS.fileRead:
      return detail === '""' ? `finds no more in ${file}` : `reads ${detail} from ${file}`;
    case CALLS.fileWrite:
      return failed === undefined ? `writes ${detail} to ${file}` : `cannot write to ${file}: ${failed}`;
    case CALLS.fileSeek:
      return failed === undefined ? `moves to byte ${detail} of ${file}` : "";
    case CALLS.fileSync:
      return `has synced ${file}`;
    case CALLS.fileClose:
      return `closes ${detail}`;
    case CALLS.fileExists:
      return detail === "1" ? "finds that a file exists" : "finds that a file does not exist";
    case CALLS.fileRemove:
      return failed === undefined ? `removes ${detail}` : `cannot remove a file: ${failed}`;
    case CALLS.fileRename:
      return failed === undefined
        ? `renames ${detail.replace("\\n", '" to "')}`
        : `cannot rename a file: ${failed}`;
    default:
      return "";
  }
}

/** How calls on files fail, by the trace's status words. */
const FAILED: Readonly<Record<string, string>> = {
  notFound: "there is none of that name",
  alreadyExists: "there is one of that name",
  tooManyOpenFiles: "too many are open",
  noSpace: "the disk is full",
  badPosition: "it would begin before its start",
};
