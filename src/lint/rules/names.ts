import type { Definition } from "../../qapi/schema/model.js";
import { placeOf } from "../lint-context.js";
import type { LintContext, LintProblem, LintRule } from "../rule.js";

/** Members, values, commands and events by name, each where it is written. */
function* namesOf({ definitions }: LintContext) {
  for (const definition of definitions) {
    const { kind, name, features } = definition;
    if (kind === "command" || kind === "event") {
      yield { definition, what: kind, name, features, at: placeOf(definition) } as const;
    } else if (kind === "enum") {
      for (const value of definition.members) {
        yield { definition, what: "value", ...value, at: value.span ?? placeOf(definition) } as const;
      }
    }
    yield* memberPlaces([definition]);
  }
}

const underscore: LintRule = {
  id: "name-underscore",
  level: "info",
  proposed: "info",
  reason: "Names are written with hyphens. QEMU lets old ones pass by a list; it should not grow.",
  bad: "{ 'pragma': { 'command-name-exceptions': [ 'set_it' ] } }\n{ 'command': 'set_it' }\n",
  good: "{ 'command': 'set-it' }\n",
  *check(context): Generator<LintProblem> {
    for (const { definition, what, name, at } of namesOf(context)) {
      if (what === "event" || !name.includes("_")) continue;
      yield { definition, at, message: `${what} '${name}' has an underscore` };
    }
  },
};

const uppercase: LintRule = {
  id: "name-uppercase",
  level: "info",
  proposed: "info",
  reason:
    "Members and commands are written in lower case. QEMU lets old ones pass by a list; it should not grow.",
  bad: "{ 'pragma': { 'member-name-exceptions': [ 'Ab' ] } }\n{ 'struct': 'Ab', 'data': { 'PID': 'int' } }\n",
  good: "{ 'struct': 'Ab', 'data': { 'pid': 'int' } }\n",
  *check(context): Generator<LintProblem> {
    for (const { definition, what, name, at } of namesOf(context)) {
      if (what === "event" || !/[A-Z]/.test(name)) continue;
      yield { definition, at, message: `${what} '${name}' has an upper-case letter` };
    }
  },
};

const experimental: LintRule = {
  id: "x-prefix-without-unstable",
  level: "warn",
  proposed: "warn",
  reason: "The prefix x- once meant experimental; tools and clients go by the feature 'unstable'.",
  bad: "{ 'command': 'x-try' }\n",
  good: "{ 'command': 'x-try', 'features': [ 'unstable' ] }\n",
  *check(context): Generator<LintProblem> {
    for (const { definition, what, name, features, at } of namesOf(context)) {
      const isMarked = [...features, ...(what === "member" ? definition.features : [])].some(
        (each) => each.name === "unstable",
      );
      if (!name.startsWith("x-") || isMarked || what === "value") continue;
      yield { definition, at, message: `${what} '${name}' is not marked unstable` };
    }
  },
};

const negative: LintRule = {
  id: "bool-negative-name",
  level: "off",
  proposed: "info",
  reason: "'no-flush': false takes two thoughts; a name says what is on when the value is true.",
  bad: "{ 'struct': 'Ab', 'data': { 'no-flush': 'bool' } }\n",
  good: "{ 'struct': 'Ab', 'data': { 'flush': 'bool' } }\n",
  *check({ definitions }): Generator<LintProblem> {
    for (const { definition, name, type, at } of memberPlaces(definitions)) {
      if (type.name !== "bool" || !/^(?:no|not|disable|without)-/.test(name)) continue;
      yield { definition, at, message: `'${name}' says what is off` };
    }
  },
};

/** The members that a definition writes itself; those given in place are of a type made for them. */
export function objectMembers(definition: Definition) {
  if (definition.kind === "object") {
    const base = definition.base?.form === "implicit" ? definition.base.localMembers : [];
    return [...base, ...definition.localMembers];
  }
  if (definition.kind !== "command" && definition.kind !== "event") return [];
  return definition.arguments?.form === "implicit" ? definition.arguments.localMembers : [];
}

/** The members that definitions write themselves, each where it is written. */
export function* memberPlaces(definitions: readonly Definition[]) {
  for (const definition of definitions) {
    for (const { span: at, ...member } of objectMembers(definition)) {
      yield { definition, what: "member", ...member, at } as const;
    }
  }
}

export const nameRules: readonly LintRule[] = [underscore, uppercase, experimental, negative];
