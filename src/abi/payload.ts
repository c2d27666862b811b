/**
 * A value on its way between guests, as the guest encoded it (src/guest/std/codec.ts): numbers as they are,
 * everything else as text. The kernel stores and forwards it, and reads only its endpoints.
 *
 *   number                      itself
 *   "u" "z" "t" "f"             undefined, null, true, false
 *   "s" + text                  a string
 *   "b" + text                  bytes, a character each (U+0000 to U+00FF): what is read from and written to files and sockets
 *   "j" + JSON                  structured data, special values tagged
 *   "h" + ids + "|" + JSON      the same, holding endpoints: comma-separated endpoint numbers
 */
export type Payload = number | string;

const NO_ENDPOINTS: readonly number[] = [];

/** The numbers of the channel endpoints inside `payload`, in the order met. */
export function endpointsOf(payload: Payload): readonly number[] {
  if (typeof payload === "number" || payload.charCodeAt(0) !== 104 /* h */) return NO_ENDPOINTS;
  return payload.slice(1, payload.indexOf("|")).split(",").map(Number);
}

/** A payload as a reader wants to see it, at most `max` characters. */
export function previewOf(payload: Payload, max = 40): string {
  const text = typeof payload === "number" ? String(payload) : previewText(payload);
  return text.length > max ? `${text.slice(0, max - 1)}…` : text;
}

function previewText(payload: string): string {
  switch (payload.charAt(0)) {
    case "u":
      return "undefined";
    case "z":
      return "null";
    case "t":
      return "true";
    case "f":
      return "false";
    case "s":
      return JSON.stringify(payload.slice(1));
    case "b":
      return previewBytes(payload.slice(1));
    case "h":
      return payload.slice(payload.indexOf("|") + 1);
    default:
      return payload.slice(1);
  }
}

/** More bytes than any preview shows. */
const GLANCE = 400;

/** Bytes as a reader wants to see them: as text where they are UTF-8, else as numbers. */
function previewBytes(bytes: string): string {
  const head = bytes.slice(0, GLANCE);
  // A cut may have gone through a character, which has four bytes at most.
  for (let end = head.length; end >= head.length - 3; end--) {
    try {
      return JSON.stringify(decodeURIComponent(head.slice(0, end).replace(/[^]/g, percent)));
    } catch {
      if (bytes.length === head.length) break;
    }
  }
  return `${bytes.length} bytes: ${Array.from(head, (byte) => byte.charCodeAt(0)).join(" ")}`;
}

function percent(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16).padStart(2, "0")}`;
}
