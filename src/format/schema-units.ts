import { SourceFile } from "../diagnostic/source.js";
import { Token } from "../qapi/parse/token.js";
import { tokensOf } from "../qapi/parse/tokens.js";

/** What stands at the top level of a schema file, one after another. */
export interface SchemaUnit {
  readonly kind: "comment" | "doc" | "expression";
  readonly start: number;
  /** After its last character; the line end is not part of it. */
  readonly end: number;
  /** How many empty lines stand before it. */
  readonly blankLines: number;
  /** Whether it begins on the line on which the unit before it ends. */
  readonly isOnSameLine: boolean;
}

/**
 * Takes a file that parses apart. Comment lines that follow each other are one unit, and so is a
 * documentation comment with the lines that open and close it.
 */
export function schemaUnits(text: string): SchemaUnit[] {
  const units: (SchemaUnit & { end: number })[] = [];
  /** What goes on: an expression to the bracket that closes it, a doc comment to its mark. */
  let open: SchemaUnit["kind"] | undefined;
  let depth = 0;
  for (const { kind, start, end: tokenEnd } of tokensOf(new SourceFile("", text))) {
    const isComment = kind === Token.comment;
    const isMark = isComment && text.startsWith("##", start);
    const end = isComment && text.charAt(tokenEnd - 1) === "\r" ? tokenEnd - 1 : tokenEnd;
    const last = units.at(-1);
    if (last !== undefined && open === "expression") {
      last.end = end;
    } else if (last !== undefined && open === "doc" && isComment) {
      last.end = end;
      if (isMark) open = undefined;
    } else {
      const between = text.slice(last?.end ?? 0, start).split("\n").length - 1;
      if (last !== undefined && open === "comment" && isComment && !isMark && between === 1) {
        last.end = end;
      } else {
        open = isMark ? "doc" : isComment ? "comment" : "expression";
        const blankLines = last === undefined ? between + 1 : Math.max(0, between - 1);
        units.push({ kind: open, start, end, blankLines, isOnSameLine: last !== undefined && between === 0 });
      }
    }
    if (kind === Token.openObject || kind === Token.openList) depth++;
    else if ((kind === Token.closeObject || kind === Token.closeList) && --depth === 0) open = undefined;
  }
  return units;
}
