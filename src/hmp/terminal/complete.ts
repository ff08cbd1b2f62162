import type { EnumVisit } from "../../visitor/type-visit.js";
import type { Machine } from "../../migration/machine.js";
import { onOff } from "../commands/on-off.js";
import type { HmpCommand } from "../table/command-table.js";
import { findByName } from "../table/find-command.js";

/** What may stand where the cursor is, and how much of it is there already. */
export interface Completion {
  readonly candidates: readonly string[];
  readonly typed: string;
}

/** Completes the last word of a line up to the cursor. */
export function completeLine(line: string, table: readonly HmpCommand[], machine: Machine): Completion {
  const words = line.trimStart().split(/\s+/);
  const typed = words.pop() ?? "";
  const candidates = candidatesAfter(words, table, machine);
  return { candidates: candidates.filter((candidate) => candidate.startsWith(typed)), typed };
}

function candidatesAfter(
  words: readonly string[],
  table: readonly HmpCommand[],
  machine: Machine,
): readonly string[] {
  const [first, ...others] = words;
  if (first === undefined) return table.flatMap(({ names }) => names);
  const command = findByName(table, first);
  if (command === undefined) return [];
  if (command.subTable !== undefined) return candidatesAfter(others, command.subTable, machine);
  if (command.names.includes("help")) return candidatesAfter(others, table, machine);
  return completers.get(command.names[0] ?? "")?.(others, machine) ?? [];
}

/** What completes the arguments of a command, given those before the cursor. */
type ArgumentCompleter = (words: readonly string[], machine: Machine) => readonly string[];

const completers: ReadonlyMap<string, ArgumentCompleter> = new Map<string, ArgumentCompleter>([
  ["migrate_set_parameter", completeParameter],
  ["migrate_set_capability", completeCapability],
  ["migrate_continue", (words) => (words.length === 0 ? ["pre-switchover"] : [])],
  ["migrate", (words) => (words.some((word) => !word.startsWith("-")) ? [] : ["-d", "sim:"])],
]);

/** A parameter's name, then what it may be set to: the values of its type, or the one it has. */
function completeParameter([name, ...others]: readonly string[], machine: Machine): readonly string[] {
  if (name === undefined) return machine.types.parameter.values.map((value) => value.name);
  const member = machine.types.setParameters.members.get(name);
  if (member === undefined || others.length > 0) return [];
  const { type } = member;
  if (type.kind === "enum") return (type as EnumVisit<string>).values.map((value) => value.name);
  if (type.name === "bool") return ["on", "off"];
  const current: unknown = Object.entries(machine.parameters.values).find(([key]) => key === name)?.[1];
  return typeof current === "bigint" || typeof current === "number" ? [String(current)] : [];
}

function completeCapability([name, ...others]: readonly string[], machine: Machine): readonly string[] {
  if (name === undefined) return machine.types.capability.values.map((value) => value.name);
  if (!machine.types.capability.has(name) || others.length > 0) return [];
  // What would change something comes first.
  return [onOff(!machine.capabilities.enabled.has(name)), onOff(machine.capabilities.enabled.has(name))];
}
