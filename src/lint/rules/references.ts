import type { Definition, ObjectType, Schema, Type } from "../../qapi/schema/model.js";
import { didYouMean } from "../../util/did-you-mean.js";
import { spanIn, type DocLine } from "../doc-lines.js";
import type { LintProblem, LintRule } from "../rule.js";

/** `@name` in prose: not in an address, not in a literal. */
const reference = /(?<![\w@`'"./-])@([A-Za-z0-9_][\w.-]*[\w]|[A-Za-z0-9_])/g;
/** A name in single backquotes, without a role before it. */
const crossReference = /(?<![`:\w])`([A-Za-z_][\w.-]*)`(?![`_])/g;

/** All that a definition's documentation may speak of by `@name`. */
function namesOf(definition: Definition): Set<string> {
  const names = new Set<string>([definition.name]);
  const types: Type[] = [];
  addFeatures(definition.features);
  if (definition.kind === "command" || definition.kind === "event") {
    if (definition.arguments !== undefined) types.push(definition.arguments);
    if (definition.kind === "command" && definition.returns !== undefined) types.push(definition.returns);
  } else {
    types.push(definition);
  }
  for (const type of types) addType(elementOf(type));
  return names;

  function addFeatures(features: readonly { readonly name: string }[]): void {
    for (const { name } of features) names.add(name);
  }
  function addType(type: Type): void {
    if (type.kind === "enum") {
      for (const { name, features } of type.members) {
        names.add(name);
        addFeatures(features);
      }
    } else if (type.kind === "alternate") {
      for (const { name } of type.alternatives) names.add(name);
    }
    for (const { name, features } of membersOf(type)) {
      names.add(name);
      addFeatures(features);
    }
  }
}

function elementOf(type: Type): Type {
  return type.kind === "array" ? elementOf(type.element) : type;
}

function membersOf(type: Type): readonly ObjectType["members"][number][] {
  if (type.kind !== "object") return [];
  return [...type.members, ...(type.variants?.branches ?? []).flatMap((branch) => branch.type.members)];
}

function* referencesIn(
  line: DocLine,
  pattern: RegExp,
): Generator<{ name: string; from: number; to: number }> {
  if (line.isLiteral || !/[@`]/.test(line.text)) return;
  // What stands in double backquotes is code.
  const text = line.text.replaceAll(/``.*?``/g, (code) => " ".repeat(code.length));
  for (const match of text.matchAll(pattern)) {
    const [whole, name = ""] = match;
    yield { name, from: match.index, to: match.index + whole.length };
  }
}

const unknown: LintRule = {
  id: "doc-ref-unknown",
  level: "warn",
  proposed: "warn",
  reason:
    "@name is a member, argument, value or feature of the definition, or another definition; one that is none of these misleads.",
  bad: "##\n# @Ab:\n#\n# @size: as large as @sise\n#\n# Since: 1.0\n##\n{ 'struct': 'Ab', 'data': { 'size': 'int' } }\n",
  good: "##\n# @Ab:\n#\n# @size: as large as @size\n#\n# Since: 1.0\n##\n{ 'struct': 'Ab', 'data': { 'size': 'int' } }\n",
  *check({ documented, schema, memory }): Generator<LintProblem> {
    const defined = memory.numberOf([...schema.definitions.keys()].join(" "));
    for (const { definition, lines } of documented) {
      const names = namesOf(definition);
      for (const line of lines) {
        for (const { name, from, to } of referencesIn(line, reference)) {
          if (names.has(name) || schema.definitions.has(name)) continue;
          // Once is enough.
          names.add(name);
          const at = spanIn(line, from, to);
          yield {
            definition,
            at,
            message: `'@${name}' names nothing of '${definition.name}' and no definition`,
            help: memory.recall(`near ${name} ${defined} ${[...names].join(" ")}`, () =>
              didYouMean(name, candidates(names, schema)),
            ),
          };
        }
      }
    }
  },
};

const crossUnknown: LintRule = {
  id: "doc-xref-unknown",
  level: "warn",
  proposed: "warn",
  reason: "A name in single backquotes becomes a link to a definition; one that there is not stays dead.",
  bad: "##\n# @Ab:\n#\n# Like `Abb`.\n#\n# Since: 1.0\n##\n{ 'enum': 'Ab', 'data': [] }\n",
  good: "##\n# @Ab:\n#\n# Like `Ab`.\n#\n# Since: 1.0\n##\n{ 'enum': 'Ab', 'data': [] }\n",
  *check({ documented, freeForm, schema, memory }): Generator<LintProblem> {
    const defined = memory.numberOf([...schema.definitions.keys()].join(" "));
    const comments = [
      ...documented.map(({ definition, lines }) => ({ definition, lines })),
      ...freeForm.map((lines) => ({ definition: undefined, lines })),
    ];
    for (const { definition, lines } of comments) {
      for (const line of lines) {
        for (const { name, from, to } of referencesIn(line, crossReference)) {
          if (schema.definitions.has(name)) continue;
          const at = spanIn(line, from, to);
          yield {
            definition,
            at,
            message: `\`${name}\` is no definition of this schema`,
            help: memory.recall(`near ${name} ${defined}`, () => didYouMean(name, schema.definitions.keys())),
          };
        }
      }
    }
  },
};

function* candidates(names: ReadonlySet<string>, schema: Schema): Generator<string> {
  yield* names;
  yield* schema.definitions.keys();
}

export const referenceRules: readonly LintRule[] = [unknown, crossUnknown];
