/** Owns: from a component's content, as HTML, to the programs in it and what they did when the site was built. */
import { getEntry } from "astro:content";
import { recordingId, type Recording } from "#build";
import { decodeEntities } from "#course";

const LISTING = /<pre\b[^>]*\bdata-language="([^"]*)"[^>]*>[\s\S]*?<\/pre>/g;

/** The highlighted programs in a piece of HTML, as their authors wrote them. */
export function readPrograms(html: string): readonly string[] {
  return [...html.matchAll(LISTING)].flatMap(([listing, language]) =>
    language === "ts" ? [textOf(listing)] : [],
  );
}

/** The highlighted listings in a piece of HTML. */
export function listingsOf(html: string): readonly string[] {
  return [...html.matchAll(LISTING)].map(([listing]) => listing);
}

/** Each highlighted listing, passed through `change` with its number from 0. */
export function mapListings(html: string, change: (listing: string, index: number) => string): string {
  let index = 0;
  return html.replace(LISTING, (listing) => change(listing, index++));
}

/** What a program did; `what` names the component, for the case that nobody executed it. */
export async function findRecording(what: string, code: string, after?: number): Promise<Recording> {
  const entry = await getEntry("examples", recordingId(code, after));
  if (entry === undefined) throw new Error(`${what}: its program was not executed`);
  return entry.data.recording;
}

function textOf(code: string): string {
  return decodeEntities(code.replaceAll(/<[^>]*>/g, ""));
}
