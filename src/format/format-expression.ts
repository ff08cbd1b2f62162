import type { LayoutToken } from "./layout-tokens.js";
import { tokenPlaces, type Bracket, type TokenPlace } from "./token-tree.js";

/** The widest line of code. */
export const CODE_WIDTH = 79;

/** What the contents of a bracket pair are aligned to, once it has been opened. */
interface Frame {
  /** Column of the entries. */
  readonly indent: number;
  /** Column of the line that it opens in, where its bracket goes if a comment stands before it. */
  readonly base: number;
}

const outside: TokenPlace = { within: undefined, bracket: undefined, startsEntry: false };

/**
 * Lays out a top-level expression: blanks and indentation are those of the canon, a closing bracket stands
 * at the end of the line before it, and what is wider than {@link CODE_WIDTH} is broken after a comma. The
 * canon lets all other line breaks be.
 *
 * @param tokens of the expression, comments included
 * @param isStrict whether lines are broken anew instead
 */
export function formatExpression(tokens: readonly LayoutToken[], isStrict: boolean): string[] {
  return new ExpressionLayout(tokens, isStrict).lines();
}

/**
 * For each token, whether a line begins with it where lines are broken anew: the kind and name of a definition
 * stand on its first line, each further key on one of its own, members one a line unless there is but one.
 * Enums and other lists are broken where they must.
 */
function strictBreaks(tokens: readonly LayoutToken[], places: readonly TokenPlace[]): boolean[] {
  return tokens.map((token, index) => {
    if (token.kind === "comment") return token.startsLine;
    const { startsEntry, within } = places[index] ?? outside;
    if (!startsEntry || within === undefined || within.open === index - 1) return false;
    // An object that is the value of a definition's key holds members; an entry of a list does not.
    const isValue = within.depth === 1 && tokens[within.open - 1]?.text === ":";
    return within.kind === "object" && (within.depth === 0 || isValue);
  });
}

class ExpressionLayout {
  private readonly places: readonly TokenPlace[];
  /** For each token, whether a new line begins with it. */
  private readonly breaks: readonly boolean[];
  private readonly frames = new Map<Bracket, Frame>();
  private readonly done: string[] = [];
  /** The line under construction, its indentation, and its first token. */
  private line = "";
  private indent = 0;
  private lineStart = 0;
  /** Columns of the tokens of that line, from `lineStart` on. */
  private columns: number[] = [];
  /** Column of the first token of the line that opens no bracket. */
  private firstColumn: number | undefined;
  /** Where the line may be broken, outermost only: the tokens and the depth they stand at. */
  private candidates: number[] = [];
  private candidateDepth = Infinity;
  /** Whether the line has been started for the token to come. */
  private isStarted = false;

  constructor(
    private readonly tokens: readonly LayoutToken[],
    isStrict: boolean,
  ) {
    this.places = tokenPlaces(tokens);
    this.breaks = isStrict ? strictBreaks(tokens, this.places) : tokens.map(({ startsLine }) => startsLine);
  }

  lines(): string[] {
    let index = 0;
    while (index < this.tokens.length) index = this.add(index);
    return [...this.done, this.line];
  }

  /** Places a token; gives the next one to place, which is an earlier one where the line got too wide. */
  private add(index: number): number {
    const { tokens } = this;
    const token = tokens[index];
    const last = tokens[index - 1];
    if (token === undefined) return index + 1;
    const place = this.places[index] ?? outside;
    if (this.isStarted) this.isStarted = false;
    else if (last !== undefined && this.isBroken(index, last)) this.startLine(index);
    else if (last !== undefined) this.line += gap(last, token, this.places[index - 1] ?? outside, place);
    const column = this.line.length;
    this.columns.push(column);
    this.line += token.text;
    this.noteCandidate(index, place);
    if (token.kind !== "comment" && this.line.length > CODE_WIDTH) {
      const chosen = this.candidates.at(-1);
      if (chosen !== undefined) {
        this.line = this.line.slice(0, this.columns[chosen - this.lineStart]).trimEnd();
        this.startLine(chosen);
        this.isStarted = true;
        return chosen;
      }
    }
    this.openFrame(index, column, place);
    return index + 1;
  }

  private isBroken(index: number, last: LayoutToken): boolean {
    return last.kind === "comment" || (this.breaks[index] === true && mayStartLine(this.tokens[index]));
  }

  private startLine(index: number): void {
    const { within, bracket } = this.places[index] ?? outside;
    const frame = bracket && this.frames.get(bracket);
    const isClose = isClosing(this.tokens[index]);
    const around = within === undefined ? 0 : (this.frames.get(within)?.indent ?? 0);
    this.done.push(this.line);
    this.indent = isClose && frame !== undefined ? frame.base : around + (this.isValue(index) ? 2 : 0);
    this.line = " ".repeat(this.indent);
    this.lineStart = index;
    this.columns = [];
    this.firstColumn = undefined;
    this.candidates = [];
    this.candidateDepth = Infinity;
  }

  /** Whether the value of a key begins at a token, be there comments between the two. */
  private isValue(index: number): boolean {
    let before = index - 1;
    while (this.tokens[before]?.kind === "comment") before--;
    return this.tokens[before]?.text === ":";
  }

  /** An entry that is not the first of its brackets may begin a line. Of several the outermost should. */
  private noteCandidate(index: number, { startsEntry, within }: TokenPlace): void {
    if (!startsEntry || within === undefined || index === this.lineStart || within.open === index - 1) return;
    if (within.depth < this.candidateDepth) this.candidates = [];
    if (within.depth > this.candidateDepth) return;
    this.candidateDepth = within.depth;
    this.candidates.push(index);
  }

  /** Entries on the bracket's own line decide where the others go; else they go two columns in. */
  private openFrame(index: number, column: number, { bracket }: TokenPlace): void {
    const token = this.tokens[index];
    if (bracket === undefined || isClosing(token)) {
      if (token?.kind !== "comment") this.firstColumn ??= column;
      return;
    }
    const next = this.tokens[index + 1];
    const isHanging = next !== undefined && (this.breaks[index + 1] === true || next.kind === "comment");
    const base = this.firstColumn ?? (index === this.lineStart ? this.indent : column);
    const inside = bracket.isTypeReference ? 1 : 2;
    this.frames.set(bracket, { indent: isHanging && !isClosing(next) ? base + 2 : column + inside, base });
  }
}

function isClosing(token: LayoutToken | undefined): boolean {
  return token?.text === "}" || token?.text === "]";
}

/** Brackets close, and commas and colons stand, where the text before them ends. */
function mayStartLine(token: LayoutToken | undefined): boolean {
  return !isClosing(token) && token?.text !== "," && token?.text !== ":";
}

/** What stands between two tokens on a line. */
function gap(last: LayoutToken, next: LayoutToken, before: TokenPlace, after: TokenPlace): string {
  if (next.kind === "comment") return "  ";
  if (next.text === "," || next.text === ":") return "";
  const opens = before.bracket !== undefined && !isClosing(last);
  const closes = after.bracket !== undefined && isClosing(next);
  if (opens && (before.bracket.isTypeReference || before.bracket === after.bracket)) return "";
  if (closes && after.bracket.isTypeReference) return "";
  return " ";
}
