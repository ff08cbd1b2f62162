import type { Within } from "../../diagnostic/diagnostic.js";
import type { Problems } from "../../diagnostic/problems.js";
import type { SourceFile, Span } from "../../diagnostic/source.js";
import { didYouMean } from "../../util/did-you-mean.js";
import type { Expression, Include, Pragma } from "../ast/document.js";
import type { Member, ObjectValue } from "../ast/expression.js";
import { checkAlternate } from "./alternate.js";
import { checkCommand, checkEvent } from "./arguments.js";
import { checkIf } from "./condition.js";
import type { Definition, DefinitionKind } from "./definition.js";
import { checkDocSections } from "./doc.js";
import { checkEnum } from "./enum.js";
import { checkFeatures } from "./features.js";
import { checkFlags } from "./flags.js";
import { checkKeys, type Keys } from "./keys.js";
import { checkDefinitionName, checkNameIsString } from "./names.js";
import { DefinitionScope } from "./scope.js";
import { checkStruct } from "./struct.js";
import { checkUnion } from "./union.js";

type OfKind = {
  [K in DefinitionKind]: Omit<
    Extract<Definition, { kind: K }>,
    "name" | "condition" | "features" | "doc" | "span" | "nameSpan" | "within"
  >;
}[DefinitionKind];

/** A kind of definition: its keys beside `if` and `features`, and the rules of its own. */
interface Kind {
  readonly keys: Keys;
  readonly check: (scope: DefinitionScope, expression: ObjectValue, name: string) => OfKind;
}

const common = ["if", "features"];

const kinds: Readonly<Record<DefinitionKind, Kind>> = {
  enum: { keys: { required: ["enum", "data"], optional: [...common, "prefix"] }, check: checkEnum },
  struct: { keys: { required: ["struct", "data"], optional: [...common, "base"] }, check: checkStruct },
  union: {
    keys: { required: ["union", "base", "discriminator", "data"], optional: common },
    check: checkUnion,
  },
  alternate: { keys: { required: ["alternate", "data"], optional: common }, check: checkAlternate },
  command: {
    keys: {
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
    check: checkCommand,
  },
  event: { keys: { required: ["event"], optional: [...common, "data", "boxed"] }, check: checkEvent },
};

const kindNames = Object.keys(kinds) as readonly DefinitionKind[];

/** The last definition that starts on a line; see {@link Definition.within}. */
interface Line {
  within: Within | undefined;
}

/** Finds lines by file and number, each the same object every time. */
class Lines {
  private readonly files = new Map<SourceFile, Map<number, Line>>();

  at({ file, start }: Span): Line {
    const lines = this.files.get(file) ?? new Map<number, Line>();
    this.files.set(file, lines);
    const number = file.line(start);
    const line = lines.get(number) ?? { within: undefined };
    lines.set(number, line);
    return line;
  }
}

/**
 * Look at every definition alone: does it have the keys, names and shapes it should (QEMU's
 * `check_exprs`)? Problems are reported definition by definition, within one in QEMU's order.
 * @returns the definitions with every shorthand spelt out, includes in their places; not to be used
 *   when problems were reported
 */
export function checkDefinitions(
  entries: readonly (Expression | Include)[],
  pragma: Pragma,
  problems: Problems,
): readonly (Definition | Include)[] {
  const lines = new Lines();
  const checked = entries.map((entry) => {
    if (entry.kind === "include") return { entry, line: undefined };
    const line = lines.at(entry.value.span);
    return { entry: checkDefinition(entry, line, pragma, problems), line };
  });
  return checked.flatMap(({ entry, line }) => {
    if (entry === undefined) return [];
    if (entry.kind === "include" || !line?.within || line.within === entry.within) return [entry];
    return [{ ...entry, within: line.within }];
  });
}

function checkDefinition(
  { value: expression, doc }: Expression,
  line: Line,
  pragma: Pragma,
  problems: Problems,
): Definition | undefined {
  const anonymous = new DefinitionScope(pragma, problems, expression.span, line.within);
  const kind = soleKind(anonymous, expression);
  if (kind === undefined) return undefined;
  const nameValue = kind.member.value;
  const name = checkNameIsString(anonymous, nameValue, `'${kind.name}'`);
  if (name === undefined) return undefined;

  const within = { meta: kind.name, name };
  line.within = within;
  const scope = new DefinitionScope(pragma, problems, expression.span, within);
  checkDefinitionName(scope, name, nameValue.span, kind.name);
  if (doc?.symbol !== undefined && doc.symbol !== name) {
    scope.report("doc-other-symbol", nameValue.span, [doc.symbol]);
  } else if (doc) {
    checkDocSections(problems, doc, expression, kind.name);
  } else if (pragma.docRequired) {
    scope.report("doc-required", nameValue.span, []);
  }

  const rules = kinds[kind.name];
  checkKeys(scope, expression, kind.name, rules.keys);
  const own = rules.check(scope, expression, name);
  const condition = checkIf(scope, expression, kind.name);
  const features = checkFeatures(scope, expression);
  checkFlags(scope, expression);
  return { name, condition, features, doc, span: expression.span, nameSpan: nameValue.span, within, ...own };
}

/** The one key that says what is defined. */
function soleKind(
  scope: DefinitionScope,
  { members, span }: ObjectValue,
): { readonly name: DefinitionKind; readonly member: Member } | undefined {
  const found: { readonly name: DefinitionKind; readonly member: Member }[] = [];
  for (const name of kindNames) {
    const member = members.get(name);
    if (member) found.push({ name, member });
  }
  if (found.length === 1) return found[0];
  const [first] = members.values();
  const help = found.length === 0 ? [...members.keys()].flatMap((key) => didYouMean(key, kindNames)) : [];
  scope.report("definition-kind", found[1]?.member.keySpan ?? first?.keySpan ?? span, [], help);
  return undefined;
}
