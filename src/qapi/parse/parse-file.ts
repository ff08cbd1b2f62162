import type { Diagnostic } from "../../diagnostic/diagnostic.js";
import { type DocRules, Problems } from "../../diagnostic/problems.js";
import type { SourceFile } from "../../diagnostic/source.js";
import { parse, SyntaxError } from "../../../generated/grammar/qapi.js";
import type { DocComment } from "../ast/doc.js";
import type { Expression } from "../ast/document.js";
import type { ObjectValue, Value } from "../ast/expression.js";
import { DocLines } from "./doc-lines.js";
import { readDoc } from "./doc-reader.js";
import { ExpressionParser } from "./expression-parser.js";
import { Lexer } from "./lexer.js";
import { Token, TokenBuffer } from "./token.js";
import { tokenize } from "./tokenize.js";
import { ValueBuilder } from "./value-builder.js";

/** A directive as it stands in a file: nothing about it is checked but that it is an object. */
export interface Directive {
  readonly kind: "include" | "pragma";
  readonly value: ObjectValue;
}

interface FreeStandingDoc {
  readonly kind: "doc";
  readonly doc: DocComment;
}

/** What a file holds at its top level. */
export type Entry = FreeStandingDoc | Directive | Expression;

/** A schema file, parsed: as it is whatever includes it, so it can be kept for as long as its text is the same. */
export interface ParsedFile {
  readonly file: SourceFile;
  /** A doc comment comes as an entry of its own, and again with the expression that it documents. */
  readonly entries: readonly Entry[];
  readonly problems: readonly Diagnostic[];
  /** For each entry, how many of the problems come before it. */
  readonly problemsBefore: readonly number[];
}

/** Parses a schema file. Reading goes on after a problem, until there are too many. */
export function parseFile(file: SourceFile, docRules: DocRules): ParsedFile {
  return parseInOnePass(file, docRules) ?? parseWithCare(file, docRules);
}

/** Shared by all files: only its size outlives one. */
const tokens = new TokenBuffer();

/** Parses a file with nothing wrong nor unusual in its syntax; of any other the result is undefined. */
function parseInOnePass(file: SourceFile, docRules: DocRules): ParsedFile | undefined {
  const lexer = new Lexer(file);
  lexer.seek(tokenize(file.text, tokens));
  lexer.next();
  if (lexer.kind !== Token.end) return undefined;
  const build = new ValueBuilder(file, tokens);
  const values = parseTokens(build);
  if (values === undefined || build.foundDuplicate) return undefined;
  const entries = new Entries(file, docRules);
  const lines = new DocLines(lexer, entries.problems);
  for (const value of values) {
    if (typeof value !== "number") {
      entries.addValue(value);
      continue;
    }
    entries.rejectDoc();
    lexer.seek(tokens.start(value));
    lexer.next();
    const doc = readDoc(lines);
    if (doc?.span.end !== tokens.end(value)) return undefined;
    entries.addDoc(doc);
  }
  return entries.finish();
}

/** Expressions, and the indices of doc comments; undefined if the syntax is wrong. */
function parseTokens(build: ValueBuilder): (Value | number)[] | undefined {
  try {
    return parse(tokens.toString(), { build, startRule: "Quick" }) as (Value | number)[];
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Parses a file bit by bit, to say what is wrong where, and in what order QEMU would come across it. */
function parseWithCare(file: SourceFile, docRules: DocRules): ParsedFile {
  const entries = new Entries(file, docRules);
  const { problems } = entries;
  const lexer = new Lexer(file);
  const lines = new DocLines(lexer, problems);
  const expressions = new ExpressionParser(lexer, problems);
  lexer.next();
  while (lexer.kind !== Token.end && !problems.full) {
    if (lexer.kind === Token.comment) {
      entries.rejectDoc();
      entries.addDoc(readDoc(lines));
    } else {
      const value = expressions.parse();
      lexer.reportFault(problems);
      entries.addValue(value);
    }
  }
  return entries.finish();
}

/** The entries of a file as they come, and which doc comment belongs to which. */
class Entries {
  readonly problems: Problems;
  private readonly entries: Entry[] = [];
  private readonly problemsBefore: number[] = [];
  private doc: DocComment | undefined;

  constructor(
    private readonly file: SourceFile,
    docRules: DocRules,
  ) {
    this.problems = new Problems(docRules);
  }

  addDoc(doc: DocComment | undefined): void {
    this.doc = doc;
    if (doc !== undefined) this.add({ kind: "doc", doc });
  }

  /** Adds an expression or directive; undefined stands for one that could not be read. */
  addValue(value: Value | undefined): void {
    const { doc } = this;
    if (value?.kind === "object") {
      const kind = directiveKind(value);
      if (kind !== undefined) {
        this.rejectDoc();
        this.add({ kind, value });
      } else {
        if (doc !== undefined && doc.symbol === undefined) {
          this.problems.report("free-form-doc-before-definition", doc.span, []);
        }
        this.add({ kind: "expression", value, doc });
      }
    } else if (value !== undefined) {
      this.problems.report("not-an-object", value, []);
    }
    this.doc = undefined;
  }

  /** Reports a doc comment that names a definition but is followed by something else. */
  rejectDoc(): void {
    const { doc } = this;
    if (doc?.symbol !== undefined) this.problems.report("doc-without-definition", doc.span, [doc.symbol]);
    this.doc = undefined;
  }

  finish(): ParsedFile {
    this.rejectDoc();
    const { file, entries, problemsBefore } = this;
    return { file, entries, problems: this.problems.all, problemsBefore };
  }

  private add(entry: Entry): void {
    this.entries.push(entry);
    this.problemsBefore.push(this.problems.all.length);
  }
}

function directiveKind({ members }: ObjectValue): Directive["kind"] | undefined {
  if (members.has("include")) return "include";
  return members.has("pragma") ? "pragma" : undefined;
}
