/** Owns: the way from a position in the finished code back to the author's. */
import type { Place } from "#abi";
import type { Editor } from "./editor.ts";
import type { Origins } from "./origin.ts";
import type { Program } from "./program.ts";

type Segment = readonly [generatedColumn: number, source: number, line: number, column: number];

/** The decoded source map of the finished code: the edits' map followed by the bundler's. */
export function composeMappings(editor: Editor, origins: Origins): Segment[][] {
  for (const offset of origins.offsets()) editor.text.addSourcemapLocation(offset);
  const { mappings } = editor.text.generateDecodedMap({ hires: false });
  return mappings.map((segments) => {
    const composed: Segment[] = [];
    for (const segment of segments) {
      if (segment.length === 1) continue;
      const origin = origins.segment(segment[2], segment[3]);
      if (origin === null || isSame(composed.at(-1), origin)) continue;
      composed.push([segment[0], ...origin]);
    }
    return composed;
  });
}

function isSame(last: Segment | undefined, origin: readonly [number, number, number]): boolean {
  return last !== undefined && last[1] === origin[0] && last[2] === origin[1] && last[3] === origin[2];
}

/** The author's place of a position in `program.code`, both counted from 1; null where nobody wrote that code. */
export function locate(program: Program, line: number, column: number): Place | null {
  const segments = program.mappings[line - 1] ?? [];
  const segment = segments.findLast(([generated]) => generated <= column - 1);
  if (segment === undefined) return null;
  return { file: program.sources[segment[1]]!, line: segment[2] + 1, column: segment[3] + 1 };
}

/** True for places in the author's files, which learners are never shown. */
export function isHidden(program: Program, place: Place): boolean {
  return program.hidden.includes(place.file);
}
