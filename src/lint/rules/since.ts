import { lineSpan, spanIn } from "../doc-lines.js";
import type { DocumentedDefinition, LintContext, LintProblem, LintRule } from "../rule.js";

const release = /^\d+\.\d+(?:\.\d+)?$/;
const since = /\((since):?\s+(\d+\.\d+(?:\.\d+)?)\)/gi;

/** The text of a definition's `Since:` section. */
function sinceOf({ doc }: DocumentedDefinition): string | undefined {
  return doc.sections.find(({ kind }) => kind === "since")?.text;
}

/** Negative where release `a` came before `b`. */
export function compareReleases(a: string, b: string): number {
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
  *check({ documented, placeOf }): Generator<LintProblem> {
    for (const each of documented) {
      if (sinceOf(each) !== undefined) continue;
      const { definition } = each;
      yield {
        definition,
        at: placeOf(definition),
        message: `'${definition.name}' does not say since when it is there`,
      };
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
    for (const { definition, doc } of documented) {
      for (const { kind, text, span } of doc.sections) {
        if (kind !== "since" || release.test(text.trim())) continue;
        yield {
          definition,
          at: span,
          message: `'${text.replaceAll(/\s+/g, " ")}' is no release such as 10.2`,
        };
      }
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
      if (!release.test(own)) continue;
      for (const { kind, name, text, span } of each.doc.sections) {
        if (kind !== "member") continue;
        const said = [...text.matchAll(since)].map(([, , version = ""]) => version);
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
  *check({ documented }): Generator<LintProblem> {
    for (const { definition, lines } of documented) {
      for (const line of lines) {
        for (const match of line.isLiteral ? [] : line.text.matchAll(/\((since:?)\s+(?=\d)/gi)) {
          if (match[0] === "(since ") continue;
          const at = spanIn(line, match.index, match.index + match[0].length);
          yield {
            definition,
            at,
            message: `'${match[0].trim()}' is written (since`,
            fix: [{ at, text: "(since " }],
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
    const { record } = context;
    if (record === undefined) return;
    for (const each of context.documented) {
      yield* wrongIn(each, context);
    }
  },
};

/** A release that is said, held against the record. */
function* wrongIn(
  { definition, doc }: DocumentedDefinition,
  { record }: LintContext,
): Generator<LintProblem> {
  if (definition.kind !== "command" && definition.kind !== "event") return;
  for (const { kind, name = "", text, span } of doc.sections) {
    const isMember = kind === "member";
    if (!isMember && kind !== "since") continue;
    const said = isMember ? [...text.matchAll(since)].at(-1)?.[2] : text.trim();
    if (said === undefined || !release.test(said)) continue;
    const path = isMember ? `${definition.name}/arg-type/${name}` : definition.name;
    const first = record?.disprovesSince(path, said.split(".").slice(0, 2).join("."));
    if (first === undefined) continue;
    const what = isMember ? name : definition.name;
    yield {
      definition,
      at: span,
      message: `'${what}' is said to be there since ${said}; it came with ${first}`,
    };
  }
}

export const sinceRules: readonly LintRule[] = [missing, misspelt, format, earlier, commentForm, wrong];
