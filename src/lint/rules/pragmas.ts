import type { ObjectValue, StringValue } from "../../qapi/ast/expression.js";
import type { Definition } from "../../qapi/schema/model.js";
import type { LintContext, LintProblem, LintRule, TextEdit } from "../rule.js";
import { objectMembers } from "./names.js";
import { returnsNoObject } from "./usage.js";

/** Whether a definition needs to be in a list of exceptions. */
const needs: Readonly<Record<string, (definition: Definition, context: LintContext) => boolean>> = {
  "command-name-exceptions": (definition) => definition.kind === "command" && /[_A-Z]/.test(definition.name),
  "command-returns-exceptions": returnsNoObject,
  "documentation-exceptions": (definition, { documented }) =>
    documented
      .filter((each) => each.definition === definition)
      .some(({ doc }) => doc.sections.some(({ kind, text }) => kind === "member" && text === "")),
  "member-name-exceptions": (definition) => {
    const members = definition.kind === "enum" ? definition.members : objectMembers(definition);
    return members.some(({ name }) => /[A-Z_]/.test(name));
  },
};

const unused: LintRule = {
  id: "pragma-exception-unused",
  level: "warn",
  proposed: "warn",
  reason: "An exception that nothing needs any more lets the next slip pass.",
  bad: "{ 'pragma': { 'command-name-exceptions': [ 'gone', 'set_it' ] } }\n{ 'command': 'set_it' }\n",
  good: "{ 'pragma': { 'command-name-exceptions': [ 'set_it' ] } }\n{ 'command': 'set_it' }\n",
  *check(context): Generator<LintProblem> {
    for (const { entries, file } of context.compilation.files) {
      if (!context.isOwn(file)) continue;
      for (const entry of entries) {
        if (entry.kind === "pragma") yield* unusedIn(entry.value, context);
      }
    }
  },
};

function* unusedIn(directive: ObjectValue, context: LintContext): Generator<LintProblem> {
  const settings = directive.members.get("pragma")?.value;
  if (settings?.kind !== "object") return;
  for (const { key, value } of settings.members.values()) {
    const isNeeded = Object.hasOwn(needs, key) ? needs[key] : undefined;
    if (isNeeded === undefined || value.kind !== "list") continue;
    const items = value.items.filter((item): item is StringValue => item.kind === "string");
    for (const [i, item] of items.entries()) {
      const definition = context.schema.definitions.get(item.value);
      if (definition !== undefined && isNeeded(definition, context)) continue;
      const message =
        definition === undefined ? `there is no '${item.value}'` : `'${item.value}' needs no such exception`;
      yield { at: item, message: `${message}, but ${key} lists it`, fix: removal(items, i) };
    }
  }
}

/** An entry of a list taken out, with the comma before it or, of the first, after it. */
function removal(items: readonly StringValue[], index: number): TextEdit[] {
  const [item, before, after] = [items[index], items[index - 1], items[index + 1]];
  if (item === undefined) return [];
  const { file } = item;
  const start = before === undefined ? item.start : before.end;
  const end = before === undefined && after !== undefined ? after.start : item.end;
  // A comment on the way would go too.
  return file.text.slice(start, end).includes("#") ? [] : [{ at: { file, start, end }, text: "" }];
}

export const pragmaRules: readonly LintRule[] = [unused];
