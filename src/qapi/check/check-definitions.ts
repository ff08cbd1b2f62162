import type { Diagnostic, Within } from "../../diagnostic/diagnostic.js";
import type { Problems } from "../../diagnostic/problems.js";
import type { SourceFile, Span } from "../../diagnostic/source.js";
import { didYouMean } from "../../util/did-you-mean.js";
import type { Expression, Include, Pragma } from "../ast/document.js";
import type { Member, ObjectValue } from "../ast/expression.js";
import { checkCommand, checkEvent } from "./arguments.js";
import { checkIf } from "./condition.js";
import type { Condition } from "../../util/condition.js";
import type { DocComment } from "../ast/doc.js";
import type { Definition, DefinitionKind, Feature, Own } from "./definition.js";
import { checkEnum } from "./enum.js";
import { checkFeatures } from "./features.js";
import { checkKeys, type Keys } from "./keys.js";
import { checkDefinitionName, checkNameIsString } from "./names.js";
import { DefinitionScope } from "./scope.js";
import { checkAlternate, checkStruct, checkUnion } from "./type-definitions.js";

type OfKind = { [K in DefinitionKind]: Own<Extract<Definition, { kind: K }>> }[DefinitionKind];

/** Checks what a kind of definition has of its own. */
type Check = (scope: DefinitionScope, expression: ObjectValue, name: string) => OfKind;

const common = ["if", "features"];

/** The keys of each kind of definition. */
export const definitionKeys: Readonly<Record<DefinitionKind, Keys>> = {
  enum: { required: ["enum", "data"], optional: [...common, "prefix"] },
  struct: { required: ["struct", "data"], optional: [...common, "base"] },
  union: { required: ["union", "base", "discriminator", "data"], optional: common },
  alternate: { required: ["alternate", "data"], optional: common },
  command: {
    required: ["command"],
    optional: [
      ...common,
      "data",
      "returns",
      "boxed",
      "gen",
      "success-response",
      "allow-oob",
      "allow-preconfig",
      "coroutine",
    ],
  },
  event: { required: ["event"], optional: [...common, "data", "boxed"] },
};

const checks: Readonly<Record<DefinitionKind, Check>> = {
  enum: checkEnum,
  struct: checkStruct,
  union: checkUnion,
  alternate: checkAlternate,
  command: checkCommand,
  event: checkEvent,
};

const kindNames = Object.keys(definitionKeys) as readonly DefinitionKind[];

/** The last definition that starts on a line; see {@link Definition.within}. */
interface Line {
  within: Within | undefined;
}

/** What was found out about a definition. */
interface Checked {
  readonly pragma: Pragma;
  readonly definition: Definition | undefined;
  /** What the definition is called, even if nothing else about it is right. */
  readonly within: Within | undefined;
  readonly problems: readonly Diagnostic[];
}

/**
 * Looks at definitions one by one: does each have the keys, names and shapes it should (QEMU's
 * `check_exprs`)? A definition that was looked at before, under the same pragma, is not looked at again.
 */
export class DefinitionChecker {
  private readonly known = new WeakMap<Expression, Checked>();

  /**
   * Problems are reported definition by definition, within one in QEMU's order.
   * @param pragma counts by its identity
   * @returns the definitions with every shorthand spelt out, includes in their places; without those
   *   that are too wrong to say what they define
   */
  check(
    entries: readonly (Expression | Include)[],
    pragma: Pragma,
    problems: Problems,
  ): readonly (Definition | Include)[] {
    const lines = new Lines();
    const checked: (Definition | Include)[] = [];
    const lineOf: (Line | undefined)[] = [];
    for (const entry of entries) {
      if (entry.kind === "include") {
        checked.push(entry);
        lineOf.push(undefined);
        continue;
      }
      const line = lines.of(entry.value);
      const { definition, within } = this.checkOne(entry, line, pragma, problems);
      line.within = within ?? line.within;
      if (definition === undefined) continue;
      checked.push(definition);
      lineOf.push(line);
    }
    return checked.map((entry, index) => {
      const within = lineOf[index]?.within;
      if (entry.kind === "include" || within === undefined || within === entry.within) return entry;
      return { ...entry, within };
    });
  }

  private checkOne(expression: Expression, line: Line, pragma: Pragma, problems: Problems): Checked {
    const known = this.known.get(expression);
    if (known?.pragma === pragma) {
      problems.addAll(known.problems);
      return known;
    }
    const before = problems.all.length;
    const { definition, within } = checkDefinition(expression, line, pragma, problems);
    const checked = { pragma, definition, within, problems: problems.all.slice(before) };
    if (!problems.full) this.known.set(expression, checked);
    return checked;
  }
}

/** The line that each definition starts on. */
class Lines {
  private readonly last = new Map<SourceFile, { readonly start: number; readonly line: Line }>();

  /** Takes the definitions of a file in order. */
  of({ file, start }: Span): Line {
    const last = this.last.get(file);
    if (last && !file.text.slice(last.start, start).includes("\n")) {
      this.last.set(file, { start, line: last.line });
      return last.line;
    }
    const line = { within: undefined };
    this.last.set(file, { start, line });
    return line;
  }
}

function checkDefinition(
  { value: expression, doc }: Expression,
  line: Line,
  pragma: Pragma,
  problems: Problems,
): Pick<Checked, "definition" | "within"> {
  const nothing = { definition: undefined, within: undefined };
  const scope = new DefinitionScope(pragma, problems, expression, line.within);
  const kind = soleKind(scope, expression);
  if (kind === undefined) return nothing;
  const nameValue = kind.member.value;
  const name = checkNameIsString(scope, nameValue, `'${kind.name}'`);
  if (name === undefined) return nothing;

  const within = { meta: kind.name, name };
  scope.within = within;
  checkDefinitionName(scope, name, nameValue, kind.name);
  if (doc?.symbol !== undefined && doc.symbol !== name) {
    scope.report("doc-other-symbol", nameValue, [doc.symbol]);
  } else if (doc) {
    checkDocSections(problems, doc, expression, kind.name);
  } else if (pragma.docRequired) {
    scope.report("doc-required", nameValue, []);
  }

  checkKeys(scope, expression, kind.name, definitionKeys[kind.name]);
  const own = checks[kind.name](scope, expression, name);
  const condition = checkIf(scope, expression, kind.name);
  const features = checkFeatures(scope, expression);
  checkFlags(scope, expression);
  const definition = define(own, name, condition, features, doc, expression, nameValue, within);
  return { definition, within };
}

/** A definition of what it has of its own and what all have; written out, since spreading costs ten times as much. */
function define(
  own: OfKind,
  name: string,
  condition: Condition | undefined,
  features: readonly Feature[],
  doc: DocComment | undefined,
  span: Span,
  nameSpan: Span,
  within: Within,
): Definition {
  switch (own.kind) {
    case "enum": {
      const { kind, prefix, values } = own;
      return { kind, name, condition, features, doc, span, nameSpan, within, prefix, values };
    }
    case "struct": {
      const { kind, base, members } = own;
      return { kind, name, condition, features, doc, span, nameSpan, within, base, members };
    }
    case "union": {
      const { kind, base, discriminator, branches } = own;
      return { kind, name, condition, features, doc, span, nameSpan, within, base, discriminator, branches };
    }
    case "alternate": {
      const { kind, branches } = own;
      return { kind, name, condition, features, doc, span, nameSpan, within, branches };
    }
    case "event": {
      const { kind, arguments: data, boxed } = own;
      return { kind, name, condition, features, doc, span, nameSpan, within, arguments: data, boxed };
    }
    case "command": {
      const {
        kind,
        arguments: data,
        returns,
        boxed,
        gen,
        successResponse,
        allowOob,
        allowPreconfig,
        coroutine,
      } = own;
      // prettier-ignore
      return {
        kind, name, condition, features, doc, span, nameSpan, within, arguments: data, returns,
        boxed, gen, successResponse, allowOob, allowPreconfig, coroutine,
      };
    }
  }
}

/** The one key that says what is defined. */
function soleKind(
  scope: DefinitionScope,
  expression: ObjectValue,
): { readonly name: DefinitionKind; readonly member: Member } | undefined {
  const { members } = expression;
  const found: { readonly name: DefinitionKind; readonly member: Member }[] = [];
  for (const name of kindNames) {
    const member = members.get(name);
    if (member) found.push({ name, member });
  }
  if (found.length === 1) return found[0];
  const [first] = members.values();
  const help = found.length === 0 ? [...members.keys()].flatMap((key) => didYouMean(key, kindNames)) : [];
  scope.report("definition-kind", found[1]?.member ?? first ?? expression, [], help);
  return undefined;
}

const offByWriting = ["gen", "success-response"];
const onByWriting = ["boxed", "allow-oob", "allow-preconfig", "coroutine"];

/** Flags are written only to say what is not the default (QEMU's `check_flags`). */
function checkFlags(scope: DefinitionScope, { members }: ObjectValue): void {
  for (const flag of offByWriting) {
    const value = members.get(flag)?.value;
    if (value && !(value.kind === "boolean" && !value.value)) scope.report("flag-not-false", value, [flag]);
  }
  for (const flag of onByWriting) {
    const value = members.get(flag)?.value;
    if (value && !(value.kind === "boolean" && value.value)) scope.report("flag-not-true", value, [flag]);
  }
  const coroutine = members.get("coroutine");
  if (members.has("allow-oob") && coroutine) scope.report("flags-incompatible", coroutine, []);
}

/** Whether a doc comment has only sections that its definition may have (QEMU's `QAPIDoc.check_expr`). */
function checkDocSections(
  problems: Problems,
  { sections }: DocComment,
  expression: ObjectValue,
  kind: DefinitionKind,
): void {
  const returns = sections.find((section) => section.kind === "returns");
  if (kind === "command") {
    if (returns && !expression.members.has("returns"))
      problems.report("doc-returns-nothing", returns.span, []);
    return;
  }
  const errors = sections.find((section) => section.kind === "errors");
  if (returns) problems.report("doc-section-of-command", returns.span, ["Returns"]);
  if (errors) problems.report("doc-section-of-command", errors.span, ["Errors"]);
}
