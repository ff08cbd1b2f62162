import type { Chronicled } from "../../evolution/chronicle.js";
import type { Definition, Schema } from "../../qapi/schema/model.js";
import { lineSpan, spanIn } from "../doc-lines.js";
import { sectionsOf } from "../lint-context.js";
import type { ReleaseRecord } from "../release-record.js";
import type { DocumentedDefinition, LintProblem, LintRule } from "../rule.js";
import { objectMembers } from "./names.js";

const RELEASE = /^\d+\.\d+(?:\.\d+)?$/;
/** Since when something is there that has no section of its own; more may follow in the brackets. */
const SINCE = /\(since:?\s+(\d+\.\d+(?:\.\d+)?)(?=[\s,;:)])/gi;

/** The text of a definition's `Since:` section. */
function sinceOf({ doc }: DocumentedDefinition): string | undefined {
  return doc.sections.find(({ kind }) => kind === "since")?.text;
}

/** Negative where release `a` came before `b`. */
function compareReleases(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split(".").map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const missing: LintRule = {
  id: "doc-since-missing",
  level: "warn",
  proposed: "warn",
  reason: "Whoever depends on a definition has to know which release it came with.",
  bad: "##\n# @Ab:\n#\n# Something.\n##\n{ 'enum': 'Ab', 'data': [] }\n",
  good: "##\n# @Ab:\n#\n# Something.\n#\n# Since: 10.2\n##\n{ 'enum': 'Ab', 'data': [] }\n",
  *check({ documented }): Generator<LintProblem> {
    for (const each of documented) {
      if (sinceOf(each) !== undefined) continue;
      const { definition } = each;
      yield { definition, message: `'${definition.name}' does not say since when it is there` };
    }
  },
};

const format: LintRule = {
  id: "doc-since-format",
  level: "error",
  proposed: "error",
  reason: "Tools read the release: it is a number such as 10.2 or 2.8.1, and nothing else.",
  bad: "##\n# @Ab:\n#\n# Since: QEMU 10.2\n##\n{ 'enum': 'Ab', 'data': [] }\n",
  good: "##\n# @Ab:\n#\n# Since: 10.2\n##\n{ 'enum': 'Ab', 'data': [] }\n",
  *check({ documented }): Generator<LintProblem> {
    for (const { definition, section } of sectionsOf(documented, "since")) {
      const { text, span } = section;
      if (RELEASE.test(text.trim())) continue;
      const said = text.replaceAll(/\s+/g, " ");
      yield { definition, at: span, message: `'${said}' is no release such as 10.2` };
    }
  },
};

const earlier: LintRule = {
  id: "doc-since-earlier-than-definition",
  level: "off",
  proposed: "info",
  reason:
    "A member that is older than its definition was moved there from elsewhere, or one of the two is a slip.",
  bad: "##\n# @Ab:\n#\n# @a: one (since 9.0)\n#\n# Since: 9.1\n##\n{ 'struct': 'Ab', 'data': { 'a': 'int' } }\n",
  good: "##\n# @Ab:\n#\n# @a: one (since 9.2)\n#\n# Since: 9.1\n##\n{ 'struct': 'Ab', 'data': { 'a': 'int' } }\n",
  *check({ documented }): Generator<LintProblem> {
    for (const each of documented) {
      const own = sinceOf(each)?.trim() ?? "";
      if (!RELEASE.test(own)) continue;
      for (const { kind, name, text, span } of each.doc.sections) {
        if (kind !== "member") continue;
        const said = [...text.matchAll(SINCE)].map(([, version = ""]) => version);
        const first = said.find((version) => compareReleases(version, own) < 0);
        if (first === undefined) continue;
        yield {
          definition: each.definition,
          at: span,
          message: `'${name ?? ""}' is said to be there since ${first}, its definition since ${own}`,
        };
      }
    }
  },
};

const commentForm: LintRule = {
  id: "doc-since-comment-form",
  level: "off",
  proposed: "info",
  reason: "QEMU's documentation guide writes (since 10.2), in lower case and without a colon.",
  bad: "##\n# @Ab:\n#\n# @a: one (Since: 9.0)\n#\n# Since: 9.0\n##\n{ 'struct': 'Ab', 'data': { 'a': 'int' } }\n",
  good: "##\n# @Ab:\n#\n# @a: one (since 9.0)\n#\n# Since: 9.0\n##\n{ 'struct': 'Ab', 'data': { 'a': 'int' } }\n",
  editsDocs: true,
  *check({ documented }): Generator<LintProblem> {
    for (const { definition, lines } of documented) {
      for (const [i, line] of lines.entries()) {
        if (line.isLiteral) continue;
        for (const { 0: whole, 1: said = "", index } of line.text.matchAll(/\((since:?)(\s+(?=\d)|$)/gi)) {
          if (whole === "(since " || whole === "(since") continue;
          // At the end of a line the release is the next one's.
          if (whole === `(${said}` && !/^\s*\d/.test(lines[i + 1]?.text ?? "")) continue;
          const at = spanIn(line, index, index + whole.length);
          yield {
            definition,
            at,
            message: `'(${said}' is written (since`,
            fix: [{ at, text: whole === `(${said}` ? "(since" : "(since " }],
          };
        }
      }
    }
  },
};

const misspelt: LintRule = {
  id: "doc-tag-misspelt",
  level: "error",
  proposed: "error",
  reason:
    "A tag without its colon, or with a letter too many, is an ordinary paragraph, and what it says is lost.",
  bad: "##\n# @Ab:\n#\n# Since 9.2\n##\n{ 'enum': 'Ab', 'data': [] }\n",
  good: "##\n# @Ab:\n#\n# Since: 9.2\n##\n{ 'enum': 'Ab', 'data': [] }\n",
  editsDocs: true,
  *check({ documented }): Generator<LintProblem> {
    for (const { definition, lines } of documented) {
      for (const [i, line] of lines.entries()) {
        const before = lines[i - 1]?.text ?? "";
        const [, said = "", rest = ""] =
          /^(since:?|sinces?:|returns?:|errors?:|features?:|todo:)(\s.*)?$/i.exec(line.text) ?? [];
        if (
          said === "" ||
          line.isLiteral ||
          before !== "" ||
          /^(?:Since|Returns|Errors|Features|TODO):$/.test(said)
        )
          continue;
        if (!said.endsWith(":") && !/^\s+\d+\.\d+(?:\.\d+)?$/.test(rest)) continue;
        const tag = tagFor(said);
        const at = spanIn(line, 0, said.length);
        yield {
          definition,
          at: lineSpan(line),
          message: `'${said}' is no tag; '${tag}' is meant`,
          fix: [{ at, text: tag }],
        };
      }
    }
  },
};

function tagFor(said: string): string {
  const word = said.toLowerCase().replace(/:$/, "");
  if (word === "todo") return "TODO:";
  if (word.startsWith("since")) return "Since:";
  const plural = word.endsWith("s") ? word : `${word}s`;
  return `${plural.charAt(0).toUpperCase()}${plural.slice(1)}:`;
}

const wrong: LintRule = {
  id: "since-is-wrong",
  level: "warn",
  proposed: "warn",
  reason:
    "A patch that takes a release longer than planned still names the old one. The record of QEMU's releases knows which it became.",
  bad: "##\n# @query-status:\n#\n# @x: one\n#\n# Since: 99.0\n##\n{ 'command': 'query-status', 'data': { 'x': 'int' } }\n",
  good: "##\n# @query-status:\n#\n# @x: one\n#\n# Since: 0.14\n##\n{ 'command': 'query-status', 'data': { 'x': 'int' } }\n",
  *check(context): Generator<LintProblem> {
    if (context.record === undefined) return;
    for (const each of context.documented) yield* wrongIn(each, context.record, context.schema);
  },
};

/** What is said on its own and with the release, as the guide wants it, about a member as a whole. */
const MEMBER_SINCE = /\(since:?\s+(\d+\.\d+(?:\.\d+)?)\)/gi;

/** Releases that are said, held against the record. */
function* wrongIn(
  { definition, doc }: DocumentedDefinition,
  record: ReleaseRecord,
  schema: Schema,
): Generator<LintProblem> {
  const isOnWire = definition.kind === "command" || definition.kind === "event";
  for (const { kind, name = "", text, span } of doc.sections) {
    // Types have no names on the wire, so nobody knows when one came: by its members alone.
    const isDefinition = kind === "since" && isOnWire;
    const item = isDefinition ? definition : kind === "member" ? partNamed(definition, name) : undefined;
    if (item === undefined) continue;
    const all = isDefinition ? [text.trim()] : [...text.matchAll(MEMBER_SINCE)].map(([, said = ""]) => said);
    // Of several one cannot tell which is the member's, and which that of something it can do.
    const [said, another] = all;
    if (said === undefined || another !== undefined || !RELEASE.test(said)) continue;
    const short = said.split(".").slice(0, 2).join(".");
    const first = record.disprovesSince(schema, item, isDefinition ? undefined : whole(definition), short);
    if (first === undefined) continue;
    yield {
      definition,
      at: span,
      message: `'${isDefinition ? definition.name : name}' is said to be there since ${said}; it came with ${first}`,
    };
  }
}

/** A member or value that a definition writes itself. */
function partNamed(definition: Definition, name: string): Chronicled | undefined {
  const parts = definition.kind === "enum" ? definition.members : objectMembers(definition);
  return parts.find((part) => part.name === name);
}

/** What members are members of. */
function whole(definition: Definition): Definition {
  const isOnWire = definition.kind === "command" || definition.kind === "event";
  return isOnWire ? (definition.arguments ?? definition) : definition;
}

export const sinceRules: readonly LintRule[] = [missing, misspelt, format, earlier, commentForm, wrong];
