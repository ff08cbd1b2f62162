import type { ProblemParameters } from "../../diagnostic/catalogue/index.js";
import type { docProblems } from "../../diagnostic/catalogue/doc.js";
import type { Problems } from "../../diagnostic/problems.js";
import type { Span } from "../../diagnostic/source.js";
import type { DocComment, DocSectionKind } from "../ast/doc.js";
import type { DocLines } from "./doc-lines.js";
import { SourceDocSection } from "./doc-section.js";
import { Token } from "./token.js";

const DESCRIPTION = /@[^:\n]*: */y;
/** Before QEMU 9.0 a name in a description had no blanks in it: `@a or @b: c` was text. */
const OLDER_DESCRIPTION = /@[^:\s]*: */y;
const TAG = /(?:Returns|Errors|Since|Notes?|Examples?|TODO)(?!::): */y;
/** The letters that a tag starts with. */
const tagStarts: ReadonlySet<number> = new Set(Array.from("RESNT", (letter) => letter.charCodeAt(0)));

/** The tags that still have a meaning; the others are those of old sections. */
const kindOfTag: ReadonlyMap<string, DocSectionKind> = new Map([
  ["Returns", "returns"],
  ["Errors", "errors"],
  ["Since", "since"],
  ["TODO", "todo"],
]);

const AT = 0x40;

/**
 * Reads the doc comment at the lexer's current token, and leaves the lexer at the token after it.
 * The rules are those of section "Documentation comments" of QEMU's `qapi-code-gen.rst`.
 *
 * @returns undefined if the comment is so damaged that one cannot tell what it documents
 */
export function readDoc(lines: DocLines): DocComment | undefined {
  return new DocReader(lines).read();
}

/** The start of a line that opens a section: a name or tag, and where the text after it starts. */
interface Lead {
  readonly word: string;
  readonly end: number;
}

class DocReader {
  private readonly text: string;
  private readonly problems: Problems;
  private readonly description: RegExp;
  private readonly sections: SourceDocSection[] = [];
  private section: SourceDocSection;
  /** Whether there is a current line. */
  private more = false;
  private membersAllowed = true;
  private readonly members = new Map<string, Span>();
  private features: Map<string, Span> | undefined;
  private readonly tags: Partial<Record<DocSectionKind, Span>> = {};

  constructor(private readonly lines: DocLines) {
    this.text = lines.lexer.file.text;
    this.problems = lines.problems;
    this.description = this.problems.docRules === "strict" ? DESCRIPTION : OLDER_DESCRIPTION;
    lines.open();
    this.section = this.open("plain");
  }

  read(): DocComment | undefined {
    const { lines, problems, sections } = this;
    const { lexer } = lines;
    const { start } = lexer;
    const junk = lexer.end !== start + 2;
    if (junk) problems.report("doc-start-junk", lexer.span(), []);
    this.advance();
    const symbol = this.symbol();
    if (symbol === undefined) this.freeForm();
    else this.definition();
    const { end } = lexer;
    if (lexer.kind === Token.comment) {
      // QEMU looks for missing text only once it has read the token after the comment.
      lexer.next();
      lexer.reportFault(problems);
      for (const section of sections) section.check(problems);
    }
    if (junk || symbol === "") return undefined;
    return { symbol, sections, span: lexer.span(start, end) };
  }

  private advance(): void {
    this.more = this.lines.advance();
  }

  private open(kind: DocSectionKind, name?: string, heading?: string): SourceDocSection {
    this.section = new SourceDocSection(kind, name, heading, this.lines);
    this.sections.push(this.section);
    return this.section;
  }

  /** The name on the first line, if that has the form of one; empty if it should have but has not. */
  private symbol(): string | undefined {
    const { lines } = this;
    if (!this.more || lines.first !== AT) return undefined;
    const { line } = lines;
    if (!line.endsWith(":")) {
      this.report("doc-symbol-colon", lines.end, []);
      return line.slice(1);
    }
    if (line === "@:") this.report("doc-symbol-missing", lines.end, []);
    return line.slice(1, -1);
  }

  private freeForm(): void {
    this.continuePlain();
    while (this.more) {
      const described = this.described();
      if (described) this.report("doc-free-form-member", described.end, [described.word]);
      this.append();
    }
  }

  /** Everything after the line with the name. Each part takes its lines, and stops at the next part's. */
  private definition(): void {
    const { lines } = this;
    this.advance();
    while (this.more) {
      if (lines.isBlank) {
        this.advance();
        continue;
      }
      const described = this.described();
      const tagged = described ? undefined : this.tagged();
      if (described) {
        if (!this.membersAllowed) this.reportLateMember(described);
        this.descriptions("member", this.members);
      } else if (this.isFeaturesLine()) {
        this.featureDescriptions();
      } else if (tagged) {
        this.taggedSection(tagged);
      } else {
        this.paragraph();
        continue;
      }
      this.membersAllowed = false;
    }
  }

  /** One description after another: `@NAME: TEXT`. */
  private descriptions(kind: "member" | "feature", seen: Map<string, Span>): void {
    for (let lead = this.described(); lead; lead = this.described()) {
      const { word: name, end } = lead;
      const span = this.lines.span(undefined, end);
      const previous = seen.get(name);
      if (name === "") {
        this.problems.report("doc-member-unnamed", span, []);
      } else if (previous === undefined) {
        seen.set(name, span);
      } else {
        const notes = [{ message: "first described here", span: previous }];
        this.problems.report("doc-member-twice", span, [name], { notes });
      }
      this.open(kind, name);
      this.restOfSection(end);
    }
  }

  private featureDescriptions(): void {
    const { lines } = this;
    if (this.features) this.report("doc-features-twice", lines.end, []);
    this.advance();
    while (this.more && lines.isBlank) this.advance();
    const features = this.features ?? new Map<string, Span>();
    this.descriptions("feature", features);
    if (features.size > 0) {
      this.features = features;
      return;
    }
    if (this.more) this.report("doc-features-empty", lines.end, []);
    else this.problems.report("doc-features-empty", lines.lexer.span(), []);
  }

  private taggedSection({ word, end }: Lead): void {
    const kind = kindOfTag.get(word);
    if (kind === undefined) {
      this.report("doc-old-section", end, [word]);
      this.open("plain", undefined, word);
      this.restOfOldSection(end);
      return;
    }
    const span = this.lines.span(undefined, end);
    const previous = this.tags[kind];
    if (kind !== "todo" && previous !== undefined) {
      const notes = [{ message: "first given here", span: previous }];
      this.problems.report("doc-section-twice", span, [word], { notes });
    }
    this.tags[kind] = span;
    this.open(kind);
    this.restOfSection(end);
  }

  /**
   * The text of a section: the rest of the tag's line, then lines indented as far as the first of
   * them. As in QEMU, it is an error if the second is indented less; a later one ends the section.
   */
  private restOfSection(from: number): void {
    const { lines } = this;
    this.startOfText(from);
    let indent = this.more ? lines.indentation : 0;
    if (indent === 0) {
      if (this.more && !this.section.hasText) this.unindentedText();
      return;
    }
    this.append();
    if (this.more && !lines.isBlank && !this.described() && lines.indentation < indent) {
      this.report("doc-de-indent", lines.end, [indent]);
      indent = Math.max(lines.indentation, 1);
    }
    while (this.more && !this.described() && (lines.isBlank || lines.indentation >= indent)) this.append();
  }

  /**
   * The text of a section that has none on the tag's own line nor indented below. QEMU before 9.0 took
   * unindented text there: below a tag up to the next tag; below `@NAME:` right on the next line, and
   * only up to a blank line with unindented text after it. Since then it belongs to no section.
   */
  private unindentedText(): void {
    const { lines, section } = this;
    const ofName = section.name !== undefined;
    if (this.startsSection() || (ofName && section.hasLine)) return;
    section.isUnindented = true;
    if (this.problems.docRules === "strict") return;
    let afterBlank = false;
    while (this.more && !this.startsSection()) {
      if (ofName && afterBlank && !lines.isBlank && lines.indentation === 0) return;
      afterBlank = lines.isBlank;
      this.append();
    }
  }

  /**
   * The text of an old section goes on to the next tag; if it starts indented or on the tag's own
   * line, only as far as it is indented.
   */
  private restOfOldSection(from: number): void {
    const { lines } = this;
    this.startOfText(from);
    const indented = this.section.hasText || (this.more && lines.indentation > 0);
    while (this.more && !this.startsSection()) {
      if (indented && !lines.isBlank && lines.indentation === 0) return;
      this.append();
    }
  }

  /** Takes in the rest of a tag's line and blank lines after it. */
  private startOfText(from: number): void {
    if (from < this.lines.end) this.section.append(this.lines, from);
    this.advance();
    while (this.more && this.lines.isBlank) this.append();
  }

  private paragraph(): void {
    this.continuePlain();
    this.section.inParagraphs = true;
    while (this.more && !this.lines.isBlank) this.append();
  }

  /** Makes sure that the last section is a plain one. */
  private continuePlain(): void {
    const { section } = this;
    if (section.kind !== "plain" || section.heading !== undefined) this.open("plain");
    else if (!section.hasLine) section.start = this.lines.mark;
  }

  /** Adds the current line to the section, and goes on to the next. */
  private append(): void {
    this.section.append(this.lines);
    this.advance();
  }

  private startsSection(): boolean {
    return this.described() !== undefined || this.isFeaturesLine() || this.tagged() !== undefined;
  }

  /** `@NAME:` at the start of the current line, if there is a line. */
  private described(): Lead | undefined {
    return this.more && this.lines.first === AT ? this.lead(this.description) : undefined;
  }

  private tagged(): Lead | undefined {
    return tagStarts.has(this.lines.first) ? this.lead(TAG) : undefined;
  }

  private isFeaturesLine(): boolean {
    const { start, end } = this.lines;
    return end - start === "Features:".length && this.text.startsWith("Features:", start);
  }

  private lead(pattern: RegExp): Lead | undefined {
    const { start, first } = this.lines;
    pattern.lastIndex = start;
    if (!pattern.test(this.text)) return undefined;
    const word = this.text.slice(first === AT ? start + 1 : start, this.text.indexOf(":", start));
    return { word, end: pattern.lastIndex };
  }

  private reportLateMember({ word, end }: Lead): void {
    const { lines } = this;
    const lenient = this.sections.some(({ isUnindented }) => isUnindented);
    const span = this.spanTo(end);
    this.problems.report("doc-member-after-section", span, [word], { anchor: lines.wholeSpan, lenient });
  }

  /** Reports a problem that starts with the current line's text and goes on to an offset. */
  private report<C extends keyof typeof docProblems>(
    code: C,
    end: number,
    parameters: ProblemParameters<C>,
  ): void {
    this.problems.report(code, this.spanTo(end), parameters, { anchor: this.lines.wholeSpan });
  }

  /** The current line's text up to an offset, but for blanks at its end. */
  private spanTo(end: number): Span {
    let last = end;
    while (this.text.charCodeAt(last - 1) === 0x20) last--;
    return this.lines.span(undefined, last);
  }
}
