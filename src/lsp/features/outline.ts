/** The shape of a file: symbols, folds, selections, colours. */
import {
  FoldingRangeKind,
  SymbolKind,
  type DocumentSymbol,
  type FoldingRange,
  type SelectionRange,
  type SymbolInformation,
} from "vscode-languageserver";
import type { SourceFile, Span } from "../../diagnostic/source.js";
import type { Definition } from "../../qapi/check/definition.js";
import type { ParsedFile } from "../../qapi/parse/parse-file.js";
import { tokensOf } from "../../qapi/parse/tokens.js";
import { append } from "../../util/lists.js";
import type { Positions } from "../encoding.js";
import { occurrencesOf } from "../occurrences.js";
import { definitionsIn, inner, partsOf } from "../parts.js";
import { unitsOf } from "../units.js";
import { uriOf, type OpenSchema } from "../workspace.js";

const kinds: Readonly<Record<Definition["kind"], SymbolKind>> = {
  enum: SymbolKind.Enum,
  struct: SymbolKind.Struct,
  union: SymbolKind.Class,
  alternate: SymbolKind.Interface,
  command: SymbolKind.Function,
  event: SymbolKind.Event,
};

export function documentSymbols(
  { compilation }: OpenSchema,
  file: SourceFile,
  positions: Positions,
): DocumentSymbol[] {
  return definitionsIn(compilation, file).map((each): DocumentSymbol => {
    const { start } = (each.doc ?? each).span;
    const range = positions.range({ file, start, end: each.span.end });
    const kind = each.kind === "enum" ? SymbolKind.EnumMember : SymbolKind.Field;
    const children = partsOf(each).map(({ name, span }): DocumentSymbol => {
      const place = positions.range(span);
      return { name: name === "" ? "?" : name, kind, range: place, selectionRange: place };
    });
    return {
      name: each.name,
      detail: each.kind,
      kind: kinds[each.kind],
      range,
      selectionRange: positions.range(inner(each.nameSpan)),
      children,
    };
  });
}

/** Definitions whose name has the letters of a query, in their order. */
export function workspaceSymbols(
  schemas: readonly OpenSchema[],
  query: string,
  positions: Positions,
): SymbolInformation[] {
  const wanted = query.toLowerCase();
  const found = new Map<string, SymbolInformation>();
  for (const { compilation } of schemas) {
    for (const definition of occurrencesOf(compilation).definitions.values()) {
      if (!isSubsequence(wanted, definition.name.toLowerCase())) continue;
      const span = inner(definition.nameSpan);
      const location = { uri: uriOf(span.file.path), range: positions.range(span) };
      const symbol = { name: definition.name, kind: kinds[definition.kind], location };
      // Schemas may have files in common.
      found.set(`${location.uri}:${span.start}`, symbol);
    }
  }
  return [...found.values()].slice(0, MOST_SYMBOLS);
}

/** More symbols than this nobody looks through. */
const MOST_SYMBOLS = 5000;

function isSubsequence(wanted: string, text: string): boolean {
  let at = 0;
  for (const letter of wanted) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

export function foldingRanges(parsed: ParsedFile): FoldingRange[] {
  const { file } = parsed;
  return unitsOf(parsed).flatMap(({ kind, start, end }) => {
    const [startLine, endLine] = [file.line(start) - 1, file.line(end) - 1];
    if (startLine === endLine) return [];
    const isComment = kind === "comment" || kind === "doc";
    return [{ startLine, endLine, ...(isComment && { kind: FoldingRangeKind.Comment }) }];
  });
}

/** From a word over its brackets to the definition. */
export function selectionRange(parsed: ParsedFile, offset: number, positions: Positions): SelectionRange {
  const { file } = parsed;
  const spans: Span[] = [{ file, start: 0, end: file.text.length }];
  const unit = unitsOf(parsed).find(({ start, end }) => start <= offset && offset <= end);
  if (unit !== undefined) {
    spans.push({ file, start: unit.start, end: unit.end });
    if (unit.kind === "expression" || unit.kind === "broken")
      append(spans, bracketsAround(file, unit.start, unit.end, offset));
    else {
      const start = file.lineStart(file.line(offset));
      const end = file.text.indexOf("\n", offset);
      spans.push({ file, start, end: end === -1 ? file.text.length : end });
    }
  }
  return (
    spans.reduce<SelectionRange | undefined>(
      (parent, span) => ({ range: positions.range(span), ...(parent && { parent }) }),
      undefined,
    ) ?? { range: positions.range({ file, start: offset, end: offset }) }
  );
}

function bracketsAround(file: SourceFile, from: number, to: number, offset: number): Span[] {
  const open: number[] = [];
  const around: Span[] = [];
  let word: Span | undefined;
  for (const { kind, start, end } of tokensOf(file, from)) {
    if (start >= to) break;
    const char = String.fromCharCode(kind);
    if (char === "{" || char === "[") open.push(start);
    else if (char === "}" || char === "]") {
      const opened = open.pop();
      if (opened !== undefined && opened <= offset && offset <= end)
        around.push({ file, start: opened, end });
    } else if (char === "'" && start <= offset && offset <= end) word = { file, start, end };
  }
  return [...around.reverse(), ...(word === undefined ? [] : [word, inner(word)])];
}

/** The kinds of tokens that are coloured, by their index. */
export const semanticTokenTypes = [
  "keyword",
  "type",
  "property",
  "enumMember",
  "function",
  "comment",
  "string",
] as const;

/**
 * Colours: types, members, values, commands; names in comments.
 *
 * @param lines of which they are wanted, from 0, both ends included
 */
export function semanticTokens(
  { compilation }: OpenSchema,
  file: SourceFile,
  positions: Positions,
  lines: { readonly from: number; readonly to: number } = { from: 0, to: Infinity },
): number[] {
  const found: { span: Span; type: (typeof semanticTokenTypes)[number] }[] = [];
  for (const each of definitionsIn(compilation, file)) {
    const isCallable = each.kind === "command" || each.kind === "event";
    found.push({ span: inner(each.nameSpan), type: isCallable ? "function" : "type" });
    for (const { span } of partsOf(each))
      found.push({ span: inner(span), type: each.kind === "enum" ? "enumMember" : "property" });
  }
  for (const { span, role } of occurrencesOf(compilation).inFile(file)) {
    if (role === "type" || role === "doc") found.push({ span, type: "type" });
  }
  const data: number[] = [];
  let [line, character] = [0, 0];
  let lastEnd = -1;
  for (const { span, type } of found.sort((a, b) => a.span.start - b.span.start)) {
    const { start, end } = positions.range(span);
    if (start.line < lines.from || start.line > lines.to) continue;
    // One colour a place, and none over a line's end.
    if (span.start < lastEnd || start.line !== end.line || span.end <= span.start) continue;
    lastEnd = span.end;
    data.push(
      start.line - line,
      start.line === line ? start.character - character : start.character,
      end.character - start.character,
      semanticTokenTypes.indexOf(type),
      0,
    );
    [line, character] = [start.line, start.character];
  }
  return data;
}
