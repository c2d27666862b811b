/** Owns: where a piece of the bundle stands in the files that people wrote, and how it is spelled there. */
import { decodedMappings, TraceMap, traceSegment } from "@jridgewell/trace-mapping";
import type { AnyNode, Identifier } from "acorn";
import type { Place } from "#abi";
import { lineStarts, positionAt } from "./lines.ts";
import type { SourceFiles } from "./program.ts";
import { plainKey } from "./syntax-tree.ts";

/** A namespace of the bundler's virtual file system, as its map writes it: `learner:main.ts`. */
const NAMESPACE = /^[a-z]+:/;

const IDENTIFIER = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy;

export class Origins {
  readonly sources: readonly string[];
  readonly #map: TraceMap;
  readonly #code: string;
  readonly #starts: readonly number[];
  readonly #files: SourceFiles;
  readonly #fileLines = new Map<string, readonly number[]>();

  /** `code` and `map` as the bundler wrote them; `files` holds the text of every source. */
  constructor(code: string, map: string, files: SourceFiles) {
    this.#map = new TraceMap(map);
    this.#code = code;
    this.#starts = lineStarts(code);
    this.#files = files;
    this.sources = this.#map.sources.map((source) => (source ?? "").replace(NAMESPACE, ""));
  }

  /** Offsets in the bundle at which the map knows a position. */
  *offsets(): Generator<number> {
    for (const [line, segments] of decodedMappings(this.#map).entries()) {
      for (const segment of segments) yield this.#starts[line]! + segment[0];
    }
  }

  /** The original position (all from 0) of a line and column of the bundle (from 0); null where nobody wrote it. */
  segment(line: number, column: number): readonly [number, number, number] | null {
    const segment = traceSegment(this.#map, line, column);
    return segment === null || segment.length === 1 ? null : [segment[1], segment[2], segment[3]];
  }

  /** The original place of an offset in the bundle; null for code that the bundler added. */
  place(offset: number): Place | null {
    const { line, column } = positionAt(this.#starts, offset);
    const segment = this.segment(line, column);
    if (segment === null) return null;
    return { file: this.sources[segment[0]]!, line: segment[1] + 1, column: segment[2] + 1 };
  }

  /** Like `place`, moved behind the author's text there as far as `skipped` (sticky) matches it. */
  placeBehind(offset: number, skipped: RegExp): Place | null {
    const place = this.place(offset);
    const text = place === null ? undefined : this.#files[place.file];
    if (place === null || text === undefined) return place;
    skipped.lastIndex = this.#linesOf(place.file, text)[place.line - 1]! + place.column - 1;
    const length = skipped.exec(text)?.[0].length ?? 0;
    return { ...place, column: place.column + length };
  }

  /** A variable's name as its author spells it: the bundler numbers names that collide. */
  spelling(node: Identifier): string {
    const { line, column } = positionAt(this.#starts, node.start);
    const segment = traceSegment(this.#map, line, column);
    if (segment === null || segment.length === 1) return node.name;
    // The map knows a statement from before its indentation, and a position only once.
    const lineStart = this.#starts[line]!;
    if (!/^[\s(]*$/.test(this.#code.slice(lineStart + segment[0], lineStart + column))) return node.name;
    const file = this.sources[segment[1]]!;
    const text = this.#files[file];
    const start = this.#linesOf(file, text ?? "")[segment[2]];
    if (text === undefined || start === undefined) return node.name;
    IDENTIFIER.lastIndex = start + segment[3];
    const written = IDENTIFIER.exec(text)?.[0];
    return written !== undefined && isRenamed(node.name, written) ? written : node.name;
  }

  /** The author's text of a plain path such as `this.queue.tx`; "" for any other expression. */
  path(node: AnyNode): string {
    if (node.type === "ThisExpression") return "this";
    if (node.type === "Identifier") return this.spelling(node);
    if (node.type !== "MemberExpression" || node.optional) return "";
    const key = node.computed ? null : plainKey(node.property, false);
    const object = this.path(node.object);
    return key === null || object === "" ? "" : `${object}.${key}`;
  }

  #linesOf(file: string, text: string): readonly number[] {
    let starts = this.#fileLines.get(file);
    if (starts === undefined) {
      starts = lineStarts(text);
      this.#fileLines.set(file, starts);
    }
    return starts;
  }
}

/** The bundler renames `sleep` to `sleep2` and a class's inner name to `_Name`. */
function isRenamed(generated: string, written: string): boolean {
  const bare = generated.replace(/^_+/, "");
  return (
    generated !== written &&
    (generated.startsWith(written) || bare.startsWith(written) || bare.startsWith(written.replace(/^_+/, "")))
  );
}
