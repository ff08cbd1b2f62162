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
  let uses = entries.flatMap(rootUses);
  while (uses.length > 0) {
    const level = [...nearest(uses, infos, names)].sort(([, a], [, b]) => compare(a, b));
    for (const [type, wanted] of level) names.set(type, isMasked(type) ? freeName(wanted, taken) : type);
    uses = level.flatMap(([type]) => usesIn(infos.get(type), names.get(type) ?? type));
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

function rootUses(entry: SchemaInfo): Use[] {
  const owner = pascalCase(entry.name);
  switch (entry["meta-type"]) {
    case "command":
      return [
        { type: entry["arg-type"], suggests: `${owner}Arguments` },
        { type: entry["ret-type"], suggests: `${owner}Result` },
      ];
    case "event":
      return [{ type: entry["arg-type"], suggests: `${owner}Data` }];
    default:
      return [];
  }
}

function usesIn(info: SchemaInfo | undefined, name: string): Use[] {
  const owner = name.replace(/(?:Arguments|Result|Data)$/, "");
  switch (info?.["meta-type"]) {
    case "object":
      return [
        ...info.members.map((member) => ({ type: member.type, suggests: owner + pascalCase(member.name) })),
        ...(info.variants ?? []).map((variant) => ({
          type: variant.type,
          suggests: owner + pascalCase(variant.case),
        })),
      ];
    case "alternate":
      return info.members.map((member) => ({ type: member.type, suggests: `${owner}Alternative` }));
    default:
      return [];
  }
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
