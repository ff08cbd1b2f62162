import type { SchemaInfo } from "./schema-info.js";

/**
 * Names for the types of introspection data, by the name they have there. QEMU masks names by
 * numbers that change from build to build; each type is named anew after the use of it that is
 * nearest to a command or event, the shortest and then the first in the alphabet among several. So
 * a name depends on how a type is used, not on its number. Names that are not masked stay.
 */
export function nameTypes(entries: readonly SchemaInfo[]): ReadonlyMap<string, string> {
  const infos = new Map(entries.map((entry) => [entry.name, entry]));
  const names = new Map<string, string>();
  const taken = new Set<string>();
  let uses = entries
    .filter((entry) => entry["meta-type"] === "command" || entry["meta-type"] === "event")
    .flatMap((entry) => suggestionsOf(entry, pascalCase(entry.name)));
  while (uses.length > 0) {
    const level = [...nearest(uses, infos, names)].sort(([, a], [, b]) => compare(a, b));
    for (const [type, wanted] of level) names.set(type, isMasked(type) ? freeName(wanted, taken) : type);
    uses = level.flatMap(([type]) => {
      const info = infos.get(type);
      const owner = (names.get(type) ?? type).replace(/(?:Arguments|Result|Data)$/, "");
      return info === undefined ? [] : suggestionsOf(info, owner);
    });
  }
  return names;
}

/** A place where a type stands, as the name that it suggests. */
interface Use {
  readonly type: string;
  readonly suggests: string;
}

/** The best suggestion for each type that has no name yet. */
function nearest(
  uses: readonly Use[],
  infos: ReadonlyMap<string, SchemaInfo>,
  names: ReadonlyMap<string, string>,
): Map<string, string> {
  const found = new Map<string, string>();
  for (const { type: used, suggests } of uses) {
    const type = elementOf(used, infos);
    const kind = infos.get(type)?.["meta-type"];
    if (names.has(type) || (kind !== "enum" && kind !== "object" && kind !== "alternate")) continue;
    const best = found.get(type);
    if (best === undefined || compare(suggests, best) < 0) found.set(type, suggests);
  }
  return found;
}

function elementOf(type: string, infos: ReadonlyMap<string, SchemaInfo>): string {
  const info = infos.get(type);
  return info?.["meta-type"] === "array" ? info["element-type"] : type;
}

/** A type that an entry uses, and what its name would be after that of the entry. */
interface UseInEntry {
  readonly type: string;
  readonly part: string;
}

/** All types that an entry uses, one after the other. */
export function usesIn(entry: SchemaInfo): UseInEntry[] {
  switch (entry["meta-type"]) {
    case "command":
      return [
        { type: entry["arg-type"], part: "Arguments" },
        { type: entry["ret-type"], part: "Result" },
      ];
    case "event":
      return [{ type: entry["arg-type"], part: "Data" }];
    case "array":
      return [{ type: entry["element-type"], part: "" }];
    case "object":
      return [
        ...entry.members.map(({ type, name }) => ({ type, part: name })),
        ...(entry.variants ?? []).map((variant) => ({ type: variant.type, part: variant.case })),
      ];
    case "alternate":
      return entry.members.map(({ type }) => ({ type, part: "Alternative" }));
    default:
      return [];
  }
}

function suggestionsOf(entry: SchemaInfo, owner: string): Use[] {
  return usesIn(entry).map(({ type, part }) => ({ type, suggests: owner + pascalCase(part) }));
}

/** Whether a name is one of QEMU's numbers. */
export function isMasked(name: string): boolean {
  return /^[0-9]+$/.test(name);
}

function freeName(wanted: string, taken: Set<string>): string {
  // Names that end in `List` are those of lists.
  const name = wanted.replace(/List$/, "ListItem");
  let free = name;
  for (let count = 2; taken.has(free); count++) free = name + String(count);
  taken.add(free);
  return free;
}

/** `query-status` as `QueryStatus`, `JOB_STATUS_CHANGE` as `JobStatusChange`. */
function pascalCase(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => {
      const rest = word.slice(1);
      return word.charAt(0).toUpperCase() + (word === word.toUpperCase() ? rest.toLowerCase() : rest);
    })
    .join("");
}

function compare(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
