import type { ProblemParameters } from "../../diagnostic/catalogue/index.js";
import type { docProblems } from "../../diagnostic/catalogue/doc.js";
import type { Problems } from "../../diagnostic/problems.js";
import type { Span } from "../../diagnostic/source.js";
import type { DocComment, DocSectionKind } from "../ast/doc.js";
import { DocLines } from "./doc-lines.js";
import { DocSections } from "./doc-sections.js";
import type { Lexer } from "./lexer.js";
import { indentation } from "./python-text.js";
import { Token } from "./token.js";

const description = /^@([^:]*): */;
const tag = /^(Returns|Errors|Since|Notes?|Examples?|TODO)(?!::): */;

/** The tags that still have a meaning; the others are those of old sections. */
const kindOfTag: ReadonlyMap<string, DocSectionKind> = new Map([
  ["Returns", "returns"],
  ["Errors", "errors"],
  ["Since", "since"],
  ["TODO", "todo"],
]);

/**
 * Reads the doc comment at the lexer's current token, and leaves the lexer at the token after it.
 * The rules are those of section "Documentation comments" of QEMU's `qapi-code-gen.rst`.
 *
 * @returns undefined if the comment is so damaged that one cannot tell what it documents
 */
export function readDoc(lexer: Lexer, problems: Problems): DocComment | undefined {
  return new DocReader(lexer, problems).read();
}

function isDescription(line: string): boolean {
  return line.startsWith("@") && line.includes(":");
}

class DocReader {
  private readonly lines: DocLines;
  private readonly sections: DocSections;
  private readonly members = new Map<string, Span>();
  private readonly features = new Map<string, Span>();
  private readonly tags = new Map<DocSectionKind, Span>();

  constructor(
    private readonly lexer: Lexer,
    private readonly problems: Problems,
  ) {
    this.lines = new DocLines(lexer, problems);
    this.sections = new DocSections(lexer);
  }

  read(): DocComment | undefined {
    const { lexer, problems, sections } = this;
    const { start } = lexer;
    const junk = lexer.tokenText !== "##";
    if (junk) problems.report("doc-start-junk", lexer.span(), []);
    const line = this.lines.advance();
    const symbol = this.symbol(line);
    if (symbol === undefined) this.freeForm(line);
    else this.definition();
    const span = lexer.span(start, lexer.end);
    if (lexer.kind === Token.comment) {
      // QEMU looks for missing text only once it has read the token after the comment.
      lexer.next();
      lexer.reportFault(problems);
      sections.check(problems);
    }
    if (junk || symbol === "") return undefined;
    return { ...(symbol !== undefined && { symbol }), sections: sections.finish(), span };
  }

  /** The name on the first line, if that has the form of one; empty if it should have but has not. */
  private symbol(line: string | undefined): string | undefined {
    if (!line?.startsWith("@")) return undefined;
    if (!line.endsWith(":")) {
      this.report("doc-symbol-colon", line, []);
      return line.slice(1);
    }
    if (line === "@:") this.report("doc-symbol-missing", line, []);
    return line.slice(1, -1);
  }

  private freeForm(first: string | undefined): void {
    this.sections.continuePlain();
    for (let line = first; line !== undefined; line = this.lines.advance()) {
      const match = description.exec(line);
      if (match !== null) this.report("doc-free-form-member", match[0], [match[1] ?? ""]);
      this.sections.append(line);
    }
  }

  /** Everything after the line with the name. Each part takes its first line and gives the next. */
  private definition(): void {
    let membersAllowed = true;
    let line = this.lines.advance();
    while (line !== undefined) {
      const member = description.exec(line);
      const tagged = tag.exec(line);
      if (line === "") {
        line = this.lines.advance();
      } else if (member !== null) {
        if (!membersAllowed) this.reportLateMember(member[0], member[1] ?? "");
        line = this.descriptions(line, "member", this.members);
        membersAllowed = false;
      } else if (line === "Features:") {
        line = this.featureDescriptions(line);
        membersAllowed = false;
      } else if (tagged !== null) {
        line = this.tagged(line, tagged[0], tagged[1] ?? "");
        membersAllowed = false;
      } else {
        line = this.paragraph(line);
      }
    }
  }

  /** One description after another: `@NAME: TEXT`. */
  private descriptions(
    first: string | undefined,
    kind: "member" | "feature",
    seen: Map<string, Span>,
  ): string | undefined {
    let line = first;
    while (line !== undefined) {
      const match = description.exec(line);
      if (match === null) break;
      const [lead, name = ""] = match;
      const span = this.lines.span(0, lead.length);
      const previous = seen.get(name);
      if (name === "") {
        this.problems.report("doc-member-unnamed", span, []);
      } else if (previous === undefined) {
        seen.set(name, span);
      } else {
        const notes = [{ message: "first described here", span: previous }];
        this.problems.report("doc-member-twice", span, [name], { notes });
      }
      this.sections.open(kind, name);
      line = this.restOfSection(line.slice(lead.length));
    }
    return line;
  }

  private featureDescriptions(first: string): string | undefined {
    if (this.features.size > 0) this.report("doc-features-twice", first, []);
    let line = this.lines.advance();
    while (line === "") line = this.lines.advance();
    line = this.descriptions(line, "feature", this.features);
    if (this.features.size === 0) this.report("doc-features-empty", line ?? "", []);
    return line;
  }

  private tagged(first: string, lead: string, name: string): string | undefined {
    const kind = kindOfTag.get(name);
    const rest = first.slice(lead.length);
    if (kind === undefined) {
      this.report("doc-old-section", lead, [name]);
      this.sections.open("plain", undefined, name);
      return this.restOfOldSection(rest);
    }
    const span = this.lines.span(0, lead.length);
    const previous = this.tags.get(kind);
    if (kind !== "todo" && previous !== undefined) {
      const notes = [{ message: "first given here", span: previous }];
      this.problems.report("doc-section-twice", span, [name], { notes });
    }
    this.tags.set(kind, span);
    this.sections.open(kind);
    return this.restOfSection(rest);
  }

  /**
   * The text of a section: the rest of the tag's line, then lines indented as far as the first of
   * them. As in QEMU, it is an error if the second is indented less; a later one ends the section.
   */
  private restOfSection(rest: string): string | undefined {
    const { lines, sections } = this;
    let line = this.startOfText(rest);
    if (line === undefined || indentation(line) === 0) return rest === "" ? this.unindentedText(line) : line;
    let indent = indentation(line);
    sections.append(line);
    line = lines.advance();
    if (line !== undefined && line !== "" && !isDescription(line) && indentation(line) < indent) {
      this.report("doc-de-indent", line, [indent]);
      indent = Math.max(indentation(line), 1);
    }
    while (line !== undefined && !isDescription(line)) {
      if (line !== "" && indentation(line) < indent) return line;
      sections.append(line);
      line = lines.advance();
    }
    return line;
  }

  /**
   * The text of a section that has none on the tag's own line nor indented below. QEMU before 9.0 took
   * unindented text there: below a tag up to the next tag; below `@NAME:` right on the next line, and
   * only up to a blank line with unindented text after it. Since then it belongs to no section.
   */
  private unindentedText(first: string | undefined): string | undefined {
    const { lines, sections } = this;
    const ofName = sections.isNamed;
    if (first === undefined || this.startsSection(first) || (ofName && sections.hasBlankLine)) return first;
    sections.noteUnindented();
    if (this.problems.docRules === "strict") return first;
    let line: string | undefined = first;
    let afterBlank = false;
    while (line !== undefined && !this.startsSection(line)) {
      if (ofName && afterBlank && line !== "" && indentation(line) === 0) break;
      afterBlank = line === "";
      sections.append(line);
      line = lines.advance();
    }
    return line;
  }

  private startsSection(line: string): boolean {
    return isDescription(line) || line === "Features:" || tag.test(line);
  }

  /**
   * The text of an old section goes on to the next tag; if it starts indented or on the tag's own
   * line, only as far as it is indented.
   */
  private restOfOldSection(rest: string): string | undefined {
    const { lines, sections } = this;
    let line = this.startOfText(rest);
    const indented = rest !== "" || indentation(line ?? "") > 0;
    while (line !== undefined && line !== "Features:") {
      if (isDescription(line) || tag.test(line)) return line;
      if (indented && line !== "" && indentation(line) === 0) return line;
      sections.append(line);
      line = lines.advance();
    }
    return line;
  }

  /** Takes in the rest of a tag's line and blank lines after it; gives the next line. */
  private startOfText(rest: string): string | undefined {
    if (rest !== "") this.sections.append(rest);
    let line = this.lines.advance();
    for (; line === ""; line = this.lines.advance()) this.sections.append("");
    return line;
  }

  private paragraph(first: string): string | undefined {
    this.sections.continuePlain();
    let line: string | undefined = first;
    for (; line !== undefined && line !== ""; line = this.lines.advance()) this.sections.append(line);
    return line;
  }

  private reportLateMember(lead: string, name: string): void {
    const { lines, sections } = this;
    const details = { anchor: lines.span(), lenient: sections.someUnindented };
    this.problems.report("doc-member-after-section", lines.span(0, lead.trimEnd().length), [name], details);
  }

  /** Reports a problem that starts with the current line and takes up `text`. */
  private report<C extends keyof typeof docProblems>(
    code: C,
    text: string,
    parameters: ProblemParameters<C>,
  ): void {
    const { lines } = this;
    this.problems.report(code, lines.span(0, text.trimEnd().length), parameters, { anchor: lines.span() });
  }
}
