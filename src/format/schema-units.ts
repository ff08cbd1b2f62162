import { isSpace } from "../qapi/parse/python-text.js";

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

const TOKEN = /'(?:[^'\\\n]|\\.)*'|#[^\n]*|[{}[\]]|\n|[^'#{}[\]\n]+/y;

/**
 * Takes a file that parses apart. Comment lines that follow each other are one unit, and so is a
 * documentation comment with the lines that open and close it.
 */
export function schemaUnits(text: string): SchemaUnit[] {
  const units: SchemaUnit[] = [];
  let lineEnds = 2;
  let at = 0;
  const add = (kind: SchemaUnit["kind"], start: number, end: number): void => {
    units.push({ kind, start, end, blankLines: Math.max(0, lineEnds - 1), isOnSameLine: lineEnds === 0 });
    lineEnds = 0;
  };
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === "\n") {
      lineEnds++;
      at++;
    } else if (char === "#") {
      const isDoc = text.startsWith("##", at);
      const end = isDoc ? docEnd(text, at) : commentEnd(text, at);
      add(isDoc ? "doc" : "comment", at, text.charAt(end - 1) === "\r" ? end - 1 : end);
      at = end;
    } else if (isSpace(text.charCodeAt(at))) {
      at++;
    } else {
      const end = expressionEnd(text, at);
      add("expression", at, end);
      at = end;
    }
  }
  return units;
}

/** The end of the comment lines that begin at an offset; a documentation comment is not one of them. */
function commentEnd(text: string, start: number): number {
  let end = lineEnd(text, start);
  for (;;) {
    const next = skipSpace(text, end + 1, "\n");
    if (text.charAt(next) !== "#" || text.charAt(next + 1) === "#") return end;
    end = lineEnd(text, next);
  }
}

/** The end of the line that closes the documentation comment that begins at an offset. */
function docEnd(text: string, start: number): number {
  let end = lineEnd(text, start);
  // Lines without a mark do not end it.
  for (let next = skipSpace(text, end); text.charAt(next) === "#"; next = skipSpace(text, end)) {
    end = lineEnd(text, next);
    if (text.startsWith("##", next)) break;
  }
  return end;
}

/** The next offset at which there is no white space, or something that white space shall end at. */
function skipSpace(text: string, from: number, stop?: string): number {
  let at = from;
  while (at < text.length && text.charAt(at) !== stop && isSpace(text.charCodeAt(at))) at++;
  return at;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end;
}

function expressionEnd(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const [match = text.charAt(at)] = TOKEN.exec(text) ?? [];
    at += match.length;
    if (match === "{" || match === "[") depth++;
    else if ((match === "}" || match === "]") && --depth === 0) return at;
  }
  return text.length;
}
