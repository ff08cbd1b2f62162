import type { ParsedFile } from "../../qapi/parse/parse-file.js";
import { namedTypes } from "../../qapi/schema/used-types.js";
import { folder, join, plainPath, relativePath } from "../../util/paths.js";
import type { LintContext, LintProblem, LintRule } from "../rule.js";

const unused: LintRule = {
  id: "include-unused",
  level: "off",
  proposed: "warn",
  reason: "A file includes what it needs; an include that it does not need ties files together for nothing.",
  bad: "{ 'include': 'other.json' }\n{ 'enum': 'Ab', 'data': [] }\n",
  good: "{ 'include': 'other.json' }\n{ 'struct': 'Ab', 'data': { 'a': 'Other' } }\n",
  *check(context): Generator<LintProblem> {
    const needed = neededFiles(context);
    for (const { file, path, name, at } of includes(context)) {
      // A file that holds nothing else is there to include.
      if (!file.entries.some(({ kind }) => kind === "expression")) continue;
      if (needed.get(file)?.has(path) === true) continue;
      yield { at, message: `nothing of '${name}' is used here` };
    }
  },
};

const missing: LintRule = {
  id: "include-missing",
  level: "off",
  proposed: "warn",
  reason: "A file that includes all it needs can be read, and moved, by itself.",
  bad: "{ 'include': 'other.json' }\n{ 'include': 'user.json' }\n",
  good: "{ 'include': 'other.json' }\n{ 'struct': 'Ab', 'data': { 'a': 'Other' } }\n",
  *check(context): Generator<LintProblem> {
    const included = new Map<ParsedFile, Set<string>>();
    for (const { file, path } of includes(context)) {
      const paths = included.get(file) ?? new Set();
      included.set(file, paths.add(path));
    }
    for (const [file, needed] of neededFiles(context)) {
      for (const path of needed) {
        if (included.get(file)?.has(path) === true) continue;
        const way = relativePath(plainPath(file.file.path).split("/").slice(0, -1), path.split("/"));
        const at = { file: file.file, start: 0, end: 0 };
        yield { at, message: `'${way}' is used here, and not included` };
      }
    }
  },
};

function* includes({ compilation }: LintContext) {
  for (const file of compilation.files) {
    for (const entry of file.entries) {
      if (entry.kind !== "include") continue;
      const name = entry.value.members.get("include")?.value;
      if (name?.kind !== "string") continue;
      yield {
        file,
        path: plainPath(join(folder(file.file.path), name.value)),
        name: name.value,
        at: entry.value,
      };
    }
  }
}

/** For each file, the other files whose definitions it names. */
function neededFiles({ definitions, compilation }: LintContext): Map<ParsedFile, Set<string>> {
  const needed = new Map<ParsedFile, Set<string>>();
  const fileOf = new Map(compilation.files.map((parsed) => [parsed.file, parsed]));
  for (const definition of definitions) {
    const own = definition.span?.file;
    const parsed = own && fileOf.get(own);
    if (parsed === undefined) continue;
    const paths = needed.get(parsed) ?? new Set<string>();
    needed.set(parsed, paths);
    for (const type of namedTypes(definition)) {
      const other = type.span?.file;
      if (other !== undefined && other !== own && fileOf.has(other)) paths.add(plainPath(other.path));
    }
  }
  return needed;
}

export const includeRules: readonly LintRule[] = [unused, missing];
