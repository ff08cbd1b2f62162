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
  start: number;
  end: number;
}

/** The sections of one doc comment as they grow; the last is open. They lie where the lexer is. */
export class DocSections {
  private readonly drafts: Draft[] = [];
  private last: Draft;

  constructor(private readonly lexer: Lexer) {
    this.last = this.open("plain");
  }

  /** Starts a section. `name` is that of a member or feature, `heading` that of an old section. */
  open(kind: DocSectionKind, name?: string, heading?: string): Draft {
    const { start, end } = this.lexer;
    this.last = { kind, name, heading, lines: [], start, end };
    this.drafts.push(this.last);
    return this.last;
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
    for (const { kind, lines, start, end } of this.drafts) {
      if (kind !== "plain" && lines.every((line) => line === "")) {
        problems.report("doc-section-empty", this.lexer.span(start, end), [words[kind]]);
      }
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
