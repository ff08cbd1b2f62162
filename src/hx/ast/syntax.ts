/** An `.hx` file as written: what the grammar makes of it. Offsets are into the file's text. */
import type { SourceFile, Span } from "../../diagnostic/source.js";

/** Where something stands in its file. */
interface Node {
  readonly start: number;
  readonly end: number;
}

/** What a file is made of, in its order. Comments are gone. */
export type HxItem = HxEntry | HxDirective | HxProse;

/** A command: `{ .name = "…", … },`. */
export interface HxEntry extends Node {
  readonly kind: "entry";
  readonly items: readonly (HxField | HxDirective | HxProse)[];
}

export interface HxField extends Node {
  readonly kind: "field";
  readonly name: HxName;
  readonly value: HxText | HxName;
}

export interface HxName extends Node {
  readonly kind: "name";
  readonly name: string;
}

/** String literals that C would join, perhaps some of them under conditions. */
export interface HxText extends Node {
  readonly kind: "text";
  readonly parts: readonly (HxString | HxDirective)[];
}

export interface HxString extends Node {
  readonly kind: "string";
  /** Its value, escapes resolved. */
  readonly text: string;
}

/** A preprocessor line: `#ifdef CONFIG_LINUX` has keyword `ifdef` and text `CONFIG_LINUX`. */
export interface HxDirective extends Node {
  readonly kind: "directive";
  readonly keyword: string;
  /** The rest of it, on one line, without comments. */
  readonly text: string;
}

/** reStructuredText between SRST and ERST. */
interface HxProse extends Node {
  readonly kind: "prose";
  readonly lines: readonly string[];
}

export function spanOf(file: SourceFile, { start, end }: Node): Span {
  return { file, start, end };
}
