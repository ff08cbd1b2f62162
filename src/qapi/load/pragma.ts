import type { Problems } from "../../diagnostic/problems.js";
import { didYouMean } from "../../util/did-you-mean.js";
import type { Pragma } from "../ast/document.js";
import type { Member, ObjectValue, Value } from "../ast/expression.js";

/** The settings before any directive. */
export const defaultPragma: Pragma = {
  docRequired: false,
  commandNameExceptions: new Set(),
  commandReturnsExceptions: new Set(),
  documentationExceptions: new Set(),
  memberNameExceptions: new Set(),
};

/** Settings that are lists of names. */
const lists: ReadonlyMap<string, Exclude<keyof Pragma, "docRequired">> = new Map([
  ["command-name-exceptions", "commandNameExceptions"],
  ["command-returns-exceptions", "commandReturnsExceptions"],
  ["documentation-exceptions", "documentationExceptions"],
  ["member-name-exceptions", "memberNameExceptions"],
]);

/** What a pragma directive may set. */
export const pragmaNames: readonly string[] = ["doc-required", ...lists.keys()];

/**
 * The settings after a pragma directive. A setting that it names replaces the old one, lists too.
 *
 * @param anchor the whole directive, `{ 'pragma': … }`
 */
export function applyPragma(pragma: Pragma, anchor: ObjectValue, problems: Problems): Pragma {
  const value = anchor.members.get("pragma")?.value;
  if (anchor.members.size !== 1) {
    problems.report("pragma-not-alone", anchor, []);
    return pragma;
  }
  if (value?.kind !== "object") {
    problems.report("pragma-not-object", value ?? anchor, [], { anchor });
    return pragma;
  }
  let result = pragma;
  for (const setting of value.members.values()) result = { ...result, ...read(setting) };
  return result;

  function read(setting: Member): Partial<Pragma> {
    const { key, value } = setting;
    if (key === "doc-required") {
      if (value.kind === "boolean") return { docRequired: value.value };
      problems.report("pragma-not-boolean", value, [key], { anchor });
      return {};
    }
    const list = lists.get(key);
    if (list === undefined) {
      problems.report("unknown-pragma", setting, [key], { anchor, help: didYouMean(key, pragmaNames) });
      return {};
    }
    const names = strings(value);
    if (names !== undefined) return { [list]: new Set(names) };
    problems.report("pragma-not-list", value, [key], { anchor });
    return {};
  }
}

function strings(value: Value): string[] | undefined {
  if (value.kind !== "list") return undefined;
  const names: string[] = [];
  for (const item of value.items) {
    if (item.kind !== "string") return undefined;
    names.push(item.value);
  }
  return names;
}

/** Whether two settings say the same. */
export function samePragma(one: Pragma, other: Pragma): boolean {
  if (one.docRequired !== other.docRequired) return false;
  return [...lists.values()].every((list) => {
    const names = other[list];
    return one[list].size === names.size && [...one[list]].every((name) => names.has(name));
  });
}
