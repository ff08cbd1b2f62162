import type { Span } from "../../diagnostic/source.js";

/**
 * A document that is to be laid out: text with groups, indentation and places where a line may
 * break. A group stays on one line if it fits, else all its own line places break. This is the model
 * of prettier's `doc` builders, cut down to what generated code needs; `printDoc` lays it out as
 * prettier would.
 */
export type Doc = string | readonly Doc[] | DocNode;

export type DocNode =
  | DocGroup
  | {
      readonly kind: "indent";
      readonly contents: Doc;
      /** Indent only where this group is broken. */
      readonly ifBroken: symbol | undefined;
    }
  /** Where a line may break; `flat` is what stands there otherwise, `undefined` if it must break. */
  | { readonly kind: "line"; readonly flat: string | undefined }
  /** Something that is there only where the group around it is broken. */
  | { readonly kind: "ifBreak"; readonly contents: Doc }
  /** A comment of several lines: nothing in it is broken, it is only indented. */
  | { readonly kind: "comment"; readonly lines: readonly string[] }
  | { readonly kind: "origin"; readonly contents: Doc; readonly origin: Origin }
  /** Breaks the groups around it. */
  | { readonly kind: "breakParent" };

export interface DocGroup {
  readonly kind: "group";
  readonly contents: Doc;
  /** It cannot stand on one line. */
  readonly broken: boolean;
  readonly id: symbol | undefined;
  /** Other layouts to try in turn where `contents` does not fit; the last is taken in any case. */
  readonly otherwise: readonly Doc[] | undefined;
}

/** A definition's place: its module, and where in that module's file it stands. */
export interface Origin {
  readonly module: string;
  /** Absent for what is built in. */
  readonly span: Span | undefined;
}

/** Whether a document holds something that breaks the group around it. */
export function containsBreak(doc: Doc): boolean {
  if (typeof doc === "string") return false;
  if (!("kind" in doc)) return doc.some(containsBreak);
  switch (doc.kind) {
    case "group":
      return doc.broken;
    case "line":
      return doc.flat === undefined;
    case "breakParent":
      return true;
    case "comment":
      return false;
    default:
      return containsBreak(doc.contents);
  }
}
