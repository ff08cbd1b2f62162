import type { EnumVisit } from "../../visitor/type-visit.js";
import type { Store } from "../../migration/store.js";
import { onOff } from "../commands/on-off.js";
import type { HmpCommand } from "../table/command-table.js";
import { findByName } from "../table/find-command.js";

/** What may stand where the cursor is, and how much of it is there already. */
export interface Completion {
  readonly candidates: readonly string[];
  readonly typed: string;
}

/** Completes the last word of a line up to the cursor. */
export function completeLine(line: string, table: readonly HmpCommand[], store: Store): Completion {
  const words = line.trimStart().split(/\s+/);
  const typed = words.pop() ?? "";
  const candidates = candidatesAfter(words, table, store);
  return { candidates: candidates.filter((candidate) => candidate.startsWith(typed)), typed };
}

function candidatesAfter(
  words: readonly string[],
  table: readonly HmpCommand[],
  store: Store,
): readonly string[] {
  const [first, ...others] = words;
  if (first === undefined) return table.flatMap(({ names }) => names);
  const command = findByName(table, first);
  if (command === undefined) return [];
  if (command.subTable !== undefined) return candidatesAfter(others, command.subTable, store);
  if (command.names.includes("help")) return candidatesAfter(others, table, store);
  return completers.get(command.names[0] ?? "")?.(others, store) ?? [];
}

/** What completes the arguments of a command, given those before the cursor. */
type ArgumentCompleter = (words: readonly string[], store: Store) => readonly string[];

const completers: ReadonlyMap<string, ArgumentCompleter> = new Map<string, ArgumentCompleter>([
  ["migrate_set_parameter", completeParameter],
  ["migrate_set_capability", completeCapability],
  ["migrate_continue", (words) => (words.length === 0 ? ["pre-switchover"] : [])],
  ["migrate", (words) => (words.some((word) => !word.startsWith("-")) ? [] : ["-d", "sim:"])],
]);

/** A parameter's name, then what it may be set to: the values of its type, or the one it has. */
function completeParameter([name, ...others]: readonly string[], store: Store): readonly string[] {
  if (name === undefined) return store.types.parameter.values.map((value) => value.name);
  const member = store.types.setParameters.members.get(name);
  if (member === undefined || others.length > 0) return [];
  const { type } = member;
  if (type.kind === "enum") return (type as EnumVisit<string>).values.map((value) => value.name);
  if (type.name === "bool") return ["on", "off"];
  const current: unknown = Object.entries(store.parameters.values).find(([key]) => key === name)?.[1];
  return typeof current === "bigint" || typeof current === "number" ? [String(current)] : [];
}

function completeCapability([name, ...others]: readonly string[], store: Store): readonly string[] {
  if (name === undefined) return store.types.capability.values.map((value) => value.name);
  if (!store.types.capability.has(name) || others.length > 0) return [];
  // What would change something comes first.
  return [onOff(!store.capabilities.enabled.has(name)), onOff(store.capabilities.enabled.has(name))];
}
