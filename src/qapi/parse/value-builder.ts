import type { SourceFile, Span } from "../../diagnostic/source.js";
import type { Member, ObjectValue, Value } from "../ast/expression.js";
import type { TokenBuffer } from "./token.js";

/** What the grammar's actions call: makes values out of tokens, which are given by their index. */
export class ValueBuilder {
  /** Whether an object gives a key twice; the first value stands. */
  foundDuplicate = false;

  constructor(
    private readonly file: SourceFile,
    private readonly tokens: TokenBuffer,
  ) {}

  string(token: number): Value {
    const { file, tokens } = this;
    return {
      kind: "string",
      file,
      start: tokens.start(token),
      end: tokens.end(token),
      value: this.text(token),
    };
  }

  boolean(token: number): Value {
    const { file, tokens } = this;
    const start = tokens.start(token);
    return {
      kind: "boolean",
      file,
      start,
      end: tokens.end(token),
      value: file.text.startsWith("true", start),
    };
  }

  member(token: number, value: Value): Member {
    const { file, tokens } = this;
    return { file, start: tokens.start(token), end: tokens.end(token), key: this.text(token), value };
  }

  object(open: number, close: number, list: readonly Member[]): ObjectValue {
    const { file, tokens } = this;
    const members = new Map<string, Member>();
    for (const member of list) {
      if (members.has(member.key)) this.foundDuplicate = true;
      else members.set(member.key, member);
    }
    return { kind: "object", file, start: tokens.start(open), end: tokens.end(close), members };
  }

  list(open: number, close: number, items: readonly Value[]): Value {
    const { file, tokens } = this;
    return { kind: "list", file, start: tokens.start(open), end: tokens.end(close), items };
  }

  /** A string token's value. */
  text(token: number): string {
    const raw = this.file.text.slice(this.tokens.start(token) + 1, this.tokens.end(token) - 1);
    return raw.includes("\\") ? raw.replaceAll("\\\\", "\\") : raw;
  }

  /** The place of a token. */
  span(token: number): Span {
    return { file: this.file, start: this.tokens.start(token), end: this.tokens.end(token) };
  }
}
