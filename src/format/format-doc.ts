import { withTodaysIndentation } from "../qapi/parse/doc-indentation.js";
import { reflowText } from "./reflow-text.js";

/** A section of a definition's comment: the line that opens it, and those that belong to it. */
interface Section {
  /** `text` stands before the first tag or between two, `old` are the sections of QEMUs before 9.2. */
  readonly kind: "text" | "named" | "tagged" | "old" | "features";
  readonly lines: string[];
}

const NAMED = /^@[^:\s]*:/;
const TAGGED = /^(?:Returns|Errors|Since|TODO)(?!::):/;
const OLD = /^(?:Notes?|Examples?)(?!::):/;

/**
 * Lays out a documentation comment in the form of QEMU 10: `@NAME:` and an empty line first, empty lines
 * between sections, and four blanks before what continues a section. The words, and the layout of lists,
 * tables and examples in themselves, stay.
 *
 * @param lines of the comment, trimmed, without the two that open and close it
 * @param reflow whether prose is filled anew
 */
export function formatDoc(lines: readonly string[], reflow: boolean): string[] {
  const texts = lines.map(textOf);
  const [first = ""] = texts;
  const isDefinition = first.startsWith("@") && first.endsWith(":");
  const body = isDefinition ? definition(first, texts.slice(1), reflow) : reflow ? reflowText(texts) : texts;
  return ["##", ...body.map((text) => (text === "" ? "#" : `# ${text}`)), "##"];
}

/** A line's text after the comment mark and a blank. */
function textOf(line: string): string {
  return line.replace(/^#\s?/, "");
}

function definition(name: string, texts: readonly string[], reflow: boolean): string[] {
  const sections = sectionsOf(texts).map(formatSection);
  const shown = sections.filter(({ lines }) => lines.length > 0);
  return [
    name,
    ...shown.flatMap(({ kind, lines }) => ["", ...(reflow && kind !== "old" ? reflowText(lines) : lines)]),
  ];
}

/** Sections as QEMU reads them: a tag or `@NAME:` opens one, unindented text after its own ends it. */
function sectionsOf(texts: readonly string[]): Section[] {
  let current: Section = { kind: "text", lines: [] };
  const sections = [current];
  const open = (kind: Section["kind"], line: string): void => {
    current = { kind, lines: [line] };
    sections.push(current);
  };
  for (const text of texts) {
    // A paragraph goes on to the next empty line, whatever its lines look like.
    const isParagraph = current.kind === "text" && (current.lines.at(-1) ?? "") !== "";
    const kind = isParagraph ? undefined : openedBy(text);
    if (kind !== undefined) open(kind, text);
    else if (endsSection(current, text)) open("text", text);
    else current.lines.push(text);
  }
  return sections;
}

function openedBy(text: string): Section["kind"] | undefined {
  if (NAMED.test(text)) return "named";
  if (text === "Features:") return "features";
  if (TAGGED.test(text)) return "tagged";
  return OLD.test(text) ? "old" : undefined;
}

/** Whether unindented text does not belong to the section before it. */
function endsSection({ kind, lines: [first = "", ...more] }: Section, text: string): boolean {
  if (text === "" || isIndented(text) || kind === "text") return false;
  const firstText = more.find((line) => line !== "");
  if (!first.endsWith(":") || (firstText !== undefined && isIndented(firstText))) return true;
  // Below a bare tag QEMU before 9.0 took unindented text for the section's: below `@NAME:` right on the
  // next line and up to a blank one, below others up to the next tag.
  if (kind !== "named") return kind === "features";
  return firstText === undefined ? more.length > 0 : more.at(-1) === "";
}

function isIndented(text: string): boolean {
  return /^\s/.test(text);
}

function formatSection({ kind, lines }: Section): Section {
  const [first, ...rest] = withoutBlankEdges(lines);
  if (first === undefined) return { kind, lines: [] };
  if (kind === "text" || kind === "features") return { kind, lines: [first, ...rest] };
  return { kind, lines: [oneBlank(first), ...withTodaysIndentation(rest)] };
}

/** `@NAME: text` with one blank. */
function oneBlank(line: string): string {
  return line.replace(/^(@[^:]*:|\w+:)\s+/, "$1 ");
}

function withoutBlankEdges(lines: readonly string[]): readonly string[] {
  let [start, end] = [0, lines.length];
  while (start < end && lines[start] === "") start++;
  while (start < end && lines[end - 1] === "") end--;
  return lines.slice(start, end);
}
