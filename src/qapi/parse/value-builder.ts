import type { SourceFile, Span } from "../../diagnostic/source.js";
import type { BooleanValue, ListValue, Member, ObjectValue, StringValue, Value } from "../ast/expression.js";
import { Token, type TokenBuffer } from "./token.js";

/**
 * What the grammar's actions call: makes values out of the tokens of one expression, which are
 * given by their index.
 */
export class ValueBuilder {
  /** Whether an object gives a key twice; the first value stands. */
  foundDuplicate = false;

  constructor(
    private readonly file: SourceFile,
    private readonly tokens: TokenBuffer,
  ) {}

  string(token: number): StringValue {
    return { kind: "string", value: this.text(token), span: this.span(token) };
  }

  boolean(token: number): BooleanValue {
    return { kind: "boolean", value: this.isTrue(token), span: this.span(token) };
  }

  member(token: number, value: Value): Member {
    return { key: this.text(token), keySpan: this.span(token), value };
  }

  object(open: number, close: number, list: readonly Member[]): ObjectValue {
    const members = new Map<string, Member>();
    for (const member of list) {
      if (members.has(member.key)) this.foundDuplicate = true;
      else members.set(member.key, member);
    }
    return { kind: "object", members, span: this.span(open, close) };
  }

  list(open: number, close: number, items: readonly Value[]): ListValue {
    return { kind: "list", items, span: this.span(open, close) };
  }

  /** A string token's value. */
  text(token: number): string {
    const raw = this.file.text.slice(this.tokens.start(token) + 1, this.end(token) - 1);
    return raw.includes("\\") ? raw.replaceAll("\\\\", "\\") : raw;
  }

  /** The place of a token, or of all from one to another. */
  span(first: number, last = first): Span {
    return { file: this.file, start: this.tokens.start(first), end: this.end(last) };
  }

  private isTrue(token: number): boolean {
    return this.file.text.startsWith("true", this.tokens.start(token));
  }

  private end(token: number): number {
    const start = this.tokens.start(token);
    switch (this.tokens.kind(token)) {
      case Token.string:
        // No escape stands for a quote, so the next one ends the string.
        return this.file.text.indexOf("'", start + 1) + 1;
      case Token.boolean:
        return start + (this.isTrue(token) ? 4 : 5);
      case Token.comment:
        return start + 2;
      case Token.end:
        return start;
      default:
        return start + 1;
    }
  }
}
