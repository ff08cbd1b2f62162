import type { Diagnostic } from "../../diagnostic/diagnostic.js";
import type { Problems } from "../../diagnostic/problems.js";
import type { Span } from "../../diagnostic/source.js";
import type { Expression, Include } from "../ast/document.js";
import type { ObjectValue, Value } from "../ast/expression.js";

/** A turn of the language that QEMU gave up in 6.2 or before, and what to call it. */
interface Sign {
  readonly what: string;
  readonly span: Span;
}

/** Pragmas that QEMU 6.0 renamed. */
const renamedPragmas = new Set(["'returns-whitelist'", "'name-case-whitelist'"]);

/**
 * If a schema that has problems is written in the language of QEMUs before 6.2, one problem that says
 * so takes the place of all: none of the others is worth reading.
 *
 * @param items what the schema holds as far as it could be read
 * @param found the problems that may show its age
 * @returns whether the schema is one
 */
export function explainOlderLanguage(
  items: readonly (Expression | Include)[],
  problems: Problems,
  found = problems.all,
): boolean {
  const sign = pragmaSign(found) ?? signIn(items);
  if (sign !== undefined) problems.replaceAll("schema-too-old", sign.span, [sign.what]);
  return sign !== undefined;
}

function pragmaSign(problems: readonly Diagnostic[]): Sign | undefined {
  for (const { code, span } of problems) {
    if (code !== "unknown-pragma") continue;
    const name = span.file.text.slice(span.start, span.end);
    if (renamedPragmas.has(name)) return { what: `pragma ${name}`, span };
  }
  return undefined;
}

function signIn(items: readonly (Expression | Include)[]): Sign | undefined {
  for (const item of items) {
    const sign =
      item.kind === "expression" ? (definitionSign(item.value) ?? conditionSign(item.value)) : undefined;
    if (sign !== undefined) return sign;
  }
  return undefined;
}

function definitionSign(definition: ObjectValue): Sign | undefined {
  const { members } = definition;
  const data = members.get("data")?.value;
  const simple = members.has("union") && !members.has("base") && !members.has("discriminator");
  if (simple && data?.kind === "object" && data.members.size > 0) {
    return { what: "a union without 'base' and 'discriminator'", span: definition };
  }
  const struct = members.get("type");
  if (struct?.value.kind !== "string" || data === undefined) return undefined;
  return { what: "a struct that is called 'type'", span: struct };
}

/** An `if` that holds C; conditions stand in definitions, members, values and features. */
function conditionSign(definition: ObjectValue): Sign | undefined {
  const agenda: Value[] = [definition];
  for (let value = agenda.pop(); value; value = agenda.pop()) {
    if (value.kind === "list") for (const item of value.items) agenda.push(item);
    if (value.kind !== "object") continue;
    for (const { key, value: inner } of value.members.values()) {
      agenda.push(inner);
      if (key !== "if") continue;
      for (const part of inner.kind === "list" ? inner.items : [inner]) {
        if (part.kind !== "string" || !/\bdefined *\(/.test(part.value)) continue;
        return { what: `the condition '${part.value}'`, span: part };
      }
    }
  }
  return undefined;
}
