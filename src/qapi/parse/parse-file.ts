import type { Problems } from "../../diagnostic/problems.js";
import type { SourceFile } from "../../diagnostic/source.js";
import type { DocComment } from "../ast/doc.js";
import type { Expression } from "../ast/document.js";
import type { ObjectValue } from "../ast/expression.js";
import { readDoc } from "./doc-reader.js";
import { ExpressionParser } from "./expression-parser.js";
import { Lexer } from "./lexer.js";
import { Token } from "./token.js";

/** A directive as it stands in a file: nothing about it is checked but that it is an object. */
export interface Directive {
  readonly kind: "include" | "pragma";
  readonly value: ObjectValue;
}

export interface FreeStandingDoc {
  readonly kind: "doc";
  readonly doc: DocComment;
}

/** What a file holds at its top level. */
export type Entry = FreeStandingDoc | Directive | Expression;

/**
 * Parses a schema file lazily, entry by entry: a problem is reported once the reader has come to
 * it, so that what a caller reports about an entry falls between what is wrong before and after.
 * A doc comment comes as an entry of its own, and again with the expression that it documents.
 *
 * Reading goes on after a problem, until there are too many.
 */
export function* parseFile(file: SourceFile, problems: Problems): Generator<Entry, void, undefined> {
  const lexer = new Lexer(file);
  const expressions = new ExpressionParser(lexer, problems);
  let doc: DocComment | undefined;
  lexer.next();
  while (lexer.kind !== Token.end && !problems.full) {
    if (lexer.kind === Token.comment) {
      rejectDoc(doc, problems);
      doc = readDoc(lexer, problems);
      if (doc !== undefined) yield { kind: "doc", doc };
      continue;
    }
    const value = expressions.parse();
    lexer.reportFault(problems);
    if (value?.kind === "object") {
      const directive = directiveOf(value);
      if (directive !== undefined) {
        rejectDoc(doc, problems);
        yield { kind: directive, value };
      } else {
        if (doc !== undefined && doc.symbol === undefined) {
          problems.report("free-form-doc-before-definition", doc.span, []);
        }
        yield { kind: "expression", value, doc };
      }
    } else if (value !== undefined) {
      problems.report("not-an-object", value.span, []);
    }
    doc = undefined;
  }
  rejectDoc(doc, problems);
}

function directiveOf({ members }: ObjectValue): Directive["kind"] | undefined {
  if (members.has("include")) return "include";
  return members.has("pragma") ? "pragma" : undefined;
}

/** Reports a doc comment that names a definition but is followed by something else. */
function rejectDoc(doc: DocComment | undefined, problems: Problems): void {
  if (doc?.symbol === undefined) return;
  problems.report("doc-without-definition", doc.span, [doc.symbol]);
}
