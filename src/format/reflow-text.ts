import { codePoints, indentation } from "../qapi/parse/python-text.js";

/** The widest line of a documentation comment, the mark and its blank not counted. */
const TEXT_WIDTH = 68;

/** What begins a list entry, a directive, a line block, a table or a rule: not prose. */
const MARKUP = /^(?:[-*+•] |(?:\d+|[a-z]|#)[.)] |\.\. ?|\| |\+[-=]|[=~^"'`.*+#_-]{3,}$|={2,} |<- |-> |>>> )/;
/** What a line of prose must not begin with, or it would be read as something else. */
const UNSAFE_START =
  /^(?:@[^:]*:|(?:Returns|Errors|Since|TODO|Features|Notes?|Examples?):|[-*+•|]$|(?:\d+|[a-z]|#)[.)]$|\.\.$|::$)/;
/** The end of a sentence where QEMU's rule for what comes next holds too; abbreviations end none. */
const SENTENCE_END = /(?<!\b(?:e\.g|i\.e|etc|vs|cf))[.!?]["')`]*$/;
const SENTENCE_START = /^[A-Z0-9(]/;

/**
 * Fills paragraphs of prose to {@link TEXT_WIDTH} columns, with two blanks between sentences. Lists,
 * tables, examples, literal blocks and whatever belongs to them stay as they are.
 *
 * @param lines of a section; the first may begin with a tag or `@NAME:`
 */
export function reflowText(lines: readonly string[]): string[] {
  const result: string[] = [];
  let paragraph: string[] = [];
  /** Columns from which on text belongs to a list entry, a directive or a literal block. */
  let keptFrom = Infinity;
  const flush = (): void => {
    for (const line of fill(paragraph)) result.push(line);
    paragraph = [];
  };
  for (const line of lines) {
    const indent = indentation(line);
    if (line === "") {
      flush();
      result.push(line);
      continue;
    }
    if (indent < keptFrom) keptFrom = Infinity;
    const text = line.trimStart();
    const isKept = keptFrom !== Infinity || MARKUP.test(text) || isUnderline(text, paragraph);
    if (isKept) {
      // A title and what underlines it stay together.
      if (isUnderline(text, paragraph)) {
        for (const title of paragraph) result.push(title);
        paragraph = [];
      } else flush();
      result.push(line);
      if (keptFrom === Infinity && MARKUP.test(text)) keptFrom = indent + 1;
    } else {
      if (paragraph.length > 1 && indentation(paragraph[1] ?? "") !== indent) flush();
      paragraph.push(line);
    }
    if (text.endsWith("::") && keptFrom === Infinity) {
      flush();
      keptFrom = indent + 1;
    }
  }
  flush();
  return result;
}

function isUnderline(text: string, paragraph: readonly string[]): boolean {
  return paragraph.length > 0 && /^([=~^"'`*+#_.-])\1{2,}$/.test(text);
}

/**
 * The lines of a paragraph, filled if any is too wide or lacks a blank; the second line's indentation is
 * that of all but the first.
 */
function fill(paragraph: readonly string[]): readonly string[] {
  const [first, second] = paragraph;
  if (first === undefined || paragraph.every(isWellSet)) return paragraph;
  const lead = first.slice(0, indentation(first));
  const isSection = /^(?:@[^:]*:|\w+:)(?: |$)/.test(first);
  const indent = second === undefined ? (isSection ? "    " : lead) : second.slice(0, indentation(second));
  const lines: string[] = [];
  let line = lead;
  let isEmpty = true;
  let last = "";
  for (const word of wordsOf(paragraph)) {
    const blank = isEmpty ? "" : last.endsWith(" ") || endsSentence(last, word) ? "  " : " ";
    if (!isEmpty && codePoints(line + blank + word.trimEnd()) > TEXT_WIDTH && !UNSAFE_START.test(word)) {
      lines.push(line);
      line = indent + word.trimEnd();
    } else {
      line += blank + word.trimEnd();
    }
    isEmpty = false;
    last = word;
  }
  return [...lines, line];
}

function isWellSet(line: string): boolean {
  if (codePoints(line) > TEXT_WIDTH) return false;
  const words = line.trim().split(" ");
  return !words.some((word, i) => word !== "" && endsSentence(word, words[i + 1] ?? ""));
}

function endsSentence(word: string, next: string): boolean {
  return SENTENCE_END.test(word) && SENTENCE_START.test(next);
}

/** The words of a paragraph; one that the author set two blanks behind has a blank at its end. */
function wordsOf(paragraph: readonly string[]): string[] {
  // What says since when, and a sentence that ends in mid-line, is not torn apart.
  return paragraph.flatMap((line) => line.trim().match(/\([Ss]ince:? [^\s()]+\)\S*|\S+(?: (?= ))?/g) ?? []);
}
