import type { Problems } from "../../diagnostic/problems.js";
import type { DocSection, DocSectionKind } from "../ast/doc.js";
import type { Lexer } from "./lexer.js";

/** QEMU's word for a kind of section that must have text. */
const words: Readonly<Record<DocSectionKind, string>> = {
  plain: "Plain",
  member: "Member",
  feature: "Feature",
  returns: "Returns",
  errors: "Errors",
  since: "Since",
  todo: "Todo",
};

/** A section under construction: its lines, and the offsets it reaches from and to. */
interface Draft {
  readonly kind: DocSectionKind;
  readonly name: string | undefined;
  readonly heading: string | undefined;
  readonly lines: string[];
  /** Whether its only text is not indented, which strict rules do not take for its text. */
  unindented: boolean;
  start: number;
  end: number;
}

/** The sections of one doc comment as they grow; the last is open. They lie where the lexer is. */
export class DocSections {
  private readonly drafts: Draft[] = [];
  private last: Draft;
  /** Whether any section is without text but for unindented text. */
  someUnindented = false;

  constructor(private readonly lexer: Lexer) {
    this.last = this.open("plain");
  }

  /** Starts a section. `name` is that of a member or feature, `heading` that of an old section. */
  open(kind: DocSectionKind, name?: string, heading?: string): Draft {
    const { start, end } = this.lexer;
    this.last = { kind, name, heading, lines: [], unindented: false, start, end };
    this.drafts.push(this.last);
    return this.last;
  }

  /** Whether the open section describes a member or feature. */
  get isNamed(): boolean {
    return this.last.name !== undefined;
  }

  /** Whether the open section has a line already, which a caller knows to be blank. */
  get hasBlankLine(): boolean {
    return this.last.lines.length > 0;
  }

  noteUnindented(): void {
    this.last.unindented = true;
    this.someUnindented = true;
  }

  append(line: string): void {
    const { last } = this;
    last.lines.push(line);
    last.end = this.lexer.end;
  }

  /** Makes sure that the last section is plain; if it was, a blank line sets apart what follows. */
  continuePlain(): void {
    const { last } = this;
    if (last.kind !== "plain" || last.heading !== undefined) this.open("plain");
    else if (last.lines.length === 0) last.start = this.lexer.start;
    this.append("");
  }

  /** Reports the sections that lack the text they must have. */
  check(problems: Problems): void {
    for (const { kind, name, heading, lines, unindented, start, end } of this.drafts) {
      const mustHaveText = kind !== "plain" || heading !== undefined;
      if (!mustHaveText || lines.some((line) => line !== "")) continue;
      const tag = name === undefined ? (heading ?? words[kind]) : `@${name}`;
      const code = unindented ? "doc-section-unindented" : "doc-section-empty";
      problems.report(code, this.lexer.span(start, end), [tag, heading ?? words[kind]]);
    }
  }

  finish(): DocSection[] {
    return this.drafts.map(({ kind, name, heading, lines, start, end }) => {
      const text = withoutBlankEdges(lines).join("\n");
      const span = this.lexer.span(start, end);
      if (name !== undefined) return { kind, name, text, span };
      return heading === undefined ? { kind, text, span } : { kind, heading, text, span };
    });
  }
}

function withoutBlankEdges(lines: readonly string[]): readonly string[] {
  let start = 0;
  let end = lines.length;
  while (start < end && lines[start] === "") start++;
  while (start < end && lines[end - 1] === "") end--;
  return start === 0 && end === lines.length ? lines : lines.slice(start, end);
}
