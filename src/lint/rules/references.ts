import type { Definition, ObjectType, Schema, Type } from "../../qapi/schema/model.js";
import { elementType, namedTypes } from "../../qapi/schema/used-types.js";
import { didYouMean } from "../../util/did-you-mean.js";
import { spanIn, type DocLine } from "../doc-lines.js";
import type { DocumentedDefinition, LintContext, LintProblem, LintRule } from "../rule.js";

/** `@name` in prose: not in an address, not in a literal. */
const REFERENCE = /(?<![\w@`'"./-])@([A-Za-z0-9_][\w.-]*[\w]|[A-Za-z0-9_])/g;
/** A name in single backquotes, without a role before it. */
const CROSS_REFERENCE = /(?<![`:\w])`([A-Za-z_][\w.-]*)`(?![`_])/g;

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
  for (const type of types) addType(elementType(type));
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

/** Who uses a definition that half of a schema uses tells nothing of it. */
const MOST_USERS = 20;

/** What a comment may speak of though it is nothing of the definition. */
class Neighbours {
  private readonly users = new Map<string, Definition[]>();
  /** Who has a name first, of all names of several words: one word may mean anything. */
  private readonly owners = new Map<string, Definition>();

  constructor(private readonly context: LintContext) {
    for (const definition of context.definitions) {
      for (const name of namesOf(definition)) {
        if (name.includes("-") && !this.owners.has(name)) this.owners.set(name, definition);
      }
      for (const name of typeNames(definition)) {
        const list = this.users.get(name) ?? [];
        list.push(definition);
        this.users.set(name, list);
      }
    }
  }

  /**
   * The definition that a name is something of: of types of the members, of who uses the definition, and of
   * those that its comment names; else, where it has several words, of any.
   */
  owner(name: string, { definition, lines }: DocumentedDefinition): Definition | undefined {
    const { definitions } = this.context.schema;
    const known = (names: Iterable<string>): Definition[] =>
      [...names].flatMap((each) => definitions.get(each) ?? []);
    const users = (this.users.get(definition.name) ?? []).slice(0, MOST_USERS);
    const spokenOf = lines.flatMap((line) =>
      [...referencesIn(line, CROSS_REFERENCE), ...referencesIn(line, REFERENCE)].map((each) => each.name),
    );
    const near = [
      ...known(typeNames(definition)),
      ...users,
      ...users.flatMap((user) => known(typeNames(user))),
      ...known(spokenOf),
    ];
    return near.find((each) => each.name !== name && namesOf(each).has(name)) ?? this.owners.get(name);
  }
}

/** The names of the types that a definition names. */
function typeNames(definition: Definition): Set<string> {
  return new Set(namedTypes(definition).map(({ name }) => name));
}

const unknown: LintRule = {
  id: "doc-ref-unknown",
  level: "warn",
  proposed: "warn",
  reason:
    "@name is a member, argument, value or feature of the definition, or another definition; one that is none of these misleads. What it plainly is in another definition is told as info.",
  bad: "##\n# @Ab:\n#\n# @size: as large as @sise\n#\n# Since: 1.0\n##\n{ 'struct': 'Ab', 'data': { 'size': 'int' } }\n",
  good: "##\n# @Ab:\n#\n# @size: as large as @size\n#\n# Since: 1.0\n##\n{ 'struct': 'Ab', 'data': { 'size': 'int' } }\n",
  *check(context): Generator<LintProblem> {
    const { documented, schema, isOwn, memory } = context;
    const defined = memory.numberOf([...schema.definitions.keys()].join(" "));
    let neighbours: Neighbours | undefined;
    for (const each of documented) {
      const { definition, doc, lines } = each;
      const names = namesOf(definition);
      const seen = new Set<string>();
      for (const line of lines) {
        for (const { name, from, to } of referencesIn(line, REFERENCE)) {
          if (names.has(name) || schema.definitions.has(name) || seen.has(name)) continue;
          // Once is enough.
          seen.add(name);
          neighbours ??= new Neighbours(context);
          const owner = neighbours.owner(name, each);
          if (owner === undefined && !isOwn(doc.span.file)) continue;
          yield {
            definition,
            at: spanIn(line, from, to),
            message:
              owner === undefined
                ? `'@${name}' names nothing of '${definition.name}' and no definition`
                : `'@${name}' is nothing of '${definition.name}', but of '${owner.name}'`,
            isMinor: owner !== undefined,
            help:
              owner === undefined
                ? memory.recall(`near ${name} ${defined} ${[...names].join(" ")}`, () =>
                    didYouMean(name, candidates(names, schema)),
                  )
                : [],
          };
        }
      }
    }
  },
};

/** Labels of the manual that stand for whole lists of definitions. */
const INDEX_LABEL = /^qapi(?:-\w+)?-index$/;

const crossUnknown: LintRule = {
  id: "doc-xref-unknown",
  level: "warn",
  proposed: "warn",
  reason: "A name in single backquotes becomes a link to a definition; one that there is not stays dead.",
  bad: "##\n# @Ab:\n#\n# Like `Abb`.\n#\n# Since: 1.0\n##\n{ 'enum': 'Ab', 'data': [] }\n",
  good: "##\n# @Ab:\n#\n# Like `Ab`.\n#\n# Since: 1.0\n##\n{ 'enum': 'Ab', 'data': [] }\n",
  *check({ documented, freeForm, schema, memory, foreignNames, isOwn }): Generator<LintProblem> {
    const defined = memory.numberOf([...schema.definitions.keys()].join(" "));
    const comments = [
      ...documented.map(({ definition, lines }) => ({ definition, lines })),
      ...freeForm.map((lines) => ({ definition: undefined, lines })),
    ];
    for (const { definition, lines } of comments) {
      for (const line of lines) {
        for (const { name, from, to } of referencesIn(line, CROSS_REFERENCE)) {
          if (schema.definitions.has(name) || foreignNames.has(name) || !isOwn(line.file)) continue;
          const at = spanIn(line, from, to);
          yield {
            definition,
            at,
            message: `\`${name}\` is no definition of this schema`,
            isMinor: INDEX_LABEL.test(name),
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
