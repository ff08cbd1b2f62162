import type { Command, Definition, Type } from "../../qapi/schema/model.js";
import { elementType } from "../../qapi/schema/used-types.js";
import type { LintProblem, LintRule } from "../rule.js";
import { placeOf, sectionsOf } from "../lint-context.js";
import { memberPlaces } from "./names.js";

const unused: LintRule = {
  id: "unused-type",
  level: "warn",
  proposed: "warn",
  reason:
    "A type that no command or event reaches is seen by no client. QEMU has many for its command line and its own code, so one that somebody has documented is told as info.",
  bad: "{ 'enum': 'Ab', 'data': [ 'a' ] }\n",
  good: "{ 'enum': 'Ab', 'data': [ 'a' ] }\n{ 'command': 'c', 'data': { 'a': 'Ab' } }\n",
  *check({ definitions, reached, isOwn }): Generator<LintProblem> {
    for (const definition of definitions) {
      if (reached.has(definition) || !isOwn(placeOf(definition).file)) continue;
      const message = `no command or event reaches '${definition.name}'`;
      yield { definition, message, isMinor: definition.doc !== undefined };
    }
  },
};

const ungenerated: LintRule = {
  id: "command-gen-false",
  level: "info",
  proposed: "info",
  reason: "'gen': false takes arguments unchecked; QEMU's guide asks not to add any.",
  bad: "{ 'command': 'c', 'gen': false }\n",
  good: "{ 'command': 'c' }\n",
  *check({ definitions }): Generator<LintProblem> {
    for (const definition of definitions) {
      if (definition.kind !== "command" || definition.gen) continue;
      yield { definition, message: `the arguments of '${definition.name}' are not checked` };
    }
  },
};

const returns: LintRule = {
  id: "returns-not-extensible",
  level: "info",
  proposed: "info",
  reason:
    "Only an object, or a list of objects, can gain members later. QEMU lets old commands pass by a list; it should not grow.",
  bad: "{ 'pragma': { 'command-returns-exceptions': [ 'c' ] } }\n{ 'command': 'c', 'returns': 'int' }\n",
  good: "{ 'struct': 'Ab', 'data': {} }\n{ 'command': 'c', 'returns': 'Ab' }\n",
  *check({ definitions }): Generator<LintProblem> {
    for (const definition of definitions) {
      if (!returnsNoObject(definition)) continue;
      const { name, returns: type } = definition;
      yield { definition, message: `'${name}' returns '${type.name}', which cannot gain members` };
    }
  },
};

const any: LintRule = {
  id: "member-type-any",
  level: "off",
  proposed: "info",
  reason: "What is of type any can neither be checked nor be looked up by a client.",
  bad: "{ 'struct': 'Ab', 'data': { 'a': 'any' } }\n",
  good: "{ 'struct': 'Ab', 'data': { 'a': 'str' } }\n",
  *check({ definitions }): Generator<LintProblem> {
    for (const { definition, name, type, at } of memberPlaces(definitions)) {
      if (type.name !== "any" && type.name !== "anyList") continue;
      yield { definition, at, message: `'${name}' can be anything` };
    }
  },
};

/** Names of strings that take a few words only. */
const ENUMERABLE = /^(?:type|mode|state|status|kind|policy|format|action|level|protocol|direction)$/;

const stringly: LintRule = {
  id: "string-should-be-enum",
  level: "off",
  proposed: "info",
  reason: "Where only some strings mean anything, an enumeration says which, and refuses the others.",
  bad: "{ 'struct': 'Ab', 'data': { 'mode': 'str' } }\n",
  good: "{ 'enum': 'Mode', 'data': [ 'on' ] }\n{ 'struct': 'Ab', 'data': { 'mode': 'Mode' } }\n",
  *check({ definitions }): Generator<LintProblem> {
    for (const { definition, name, type, at } of memberPlaces(definitions)) {
      if (type.name !== "str" || !ENUMERABLE.test(name)) continue;
      const message = `'${name}' is a string where an enumeration could say what it may be`;
      yield { definition, at, message };
    }
  },
};

/** What tells to use something else, or that there is nothing to be used. */
const SAYS_WHERE_TO_GO =
  /\b(?:uses?|using|instead|replac(?:e[ds]?|ing|ements?)|supersedes?|superseded|see|favou?r|should|alternatives?|renamed|moved|switch|migrate to|prefer(?:red)?|omit(?:ted)?|leave(?: it)? out|drop|ignored|no effect|default)\b/i;

const replacement: LintRule = {
  id: "deprecated-without-replacement",
  level: "warn",
  proposed: "warn",
  reason: "Whoever has to leave something behind wants to know where to go.",
  bad: "##\n# @c:\n#\n# Something.\n#\n# Features:\n#\n# @deprecated: This command is deprecated.\n#\n# Since: 1.0\n##\n{ 'command': 'c', 'features': [ 'deprecated' ] }\n",
  good: "##\n# @c:\n#\n# Something.\n#\n# Features:\n#\n# @deprecated: This command is deprecated.  Use `c2` instead.\n#\n# Since: 1.0\n##\n{ 'command': 'c', 'features': [ 'deprecated' ] }\n\n##\n# @c2:\n#\n# Since: 1.0\n##\n{ 'command': 'c2' }\n",
  *check({ documented }): Generator<LintProblem> {
    for (const { definition, section } of sectionsOf(documented, "feature")) {
      if (section.name !== "deprecated" || SAYS_WHERE_TO_GO.test(section.text)) continue;
      const message = `the deprecation in '${definition.name}' names no replacement`;
      yield { definition, at: section.span, message };
    }
  },
};

/** Whether a command returns something that cannot gain members. */
export function returnsNoObject(definition: Definition): definition is Command & { readonly returns: Type } {
  if (definition.kind !== "command" || definition.returns === undefined) return false;
  return elementType(definition.returns).kind !== "object";
}

export const usageRules: readonly LintRule[] = [unused, ungenerated, returns, any, stringly, replacement];
