import { commandTable } from "./command-table.js";
import type { CommandEntry } from "./command-entry.js";

/** What commander makes of a command's line without options. */
export interface PlainUsage {
  /** How many words the command takes. */
  readonly least: number;
  readonly most: number;
  /** Whether the last argument is a list, of what stands from `most` on. */
  readonly isList: boolean;
  /** Its options' values where none is given. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** By the command's name, as the build asked commander; undefined in a program that is run from its sources. */
declare const PLAIN_USAGES: Readonly<Record<string, PlainUsage>> | undefined;

/** A command called with nothing but words. */
interface PlainLine {
  readonly entry: CommandEntry;
  /** What commander would hand to the command. */
  readonly words: readonly unknown[];
}

/**
 * A line such as `check qapi-schema.json`, which needs no commander: loading and setting it up takes a tenth of the
 * time in which QEMU's schema is checked. Undefined for any other line, and for what is wrong usage.
 */
export function readPlainLine(
  argv: readonly string[],
  usages = typeof PLAIN_USAGES === "undefined" ? undefined : PLAIN_USAGES,
): PlainLine | undefined {
  if (usages === undefined || argv.some((word) => word.startsWith("-") && word !== "-")) return undefined;
  const entry = findEntry(argv);
  const usage = entry === undefined ? undefined : usages[entry.name];
  if (entry === undefined || usage === undefined) return undefined;
  const { least, most, isList, options } = usage;
  const given = argv.slice(entry.name.split(" ").length);
  if (given.length < least || (given.length > most && !isList)) return undefined;
  const single = isList ? most - 1 : most;
  const words = Array.from({ length: single }, (_, i) => given[i]);
  return { entry, words: [...words, ...(isList ? [given.slice(single)] : []), { ...options }] };
}

/** The command that a line begins with. */
export function findEntry(argv: readonly string[]): CommandEntry | undefined {
  return commandTable.find(({ name }) => name.split(" ").every((word, i) => argv[i] === word));
}
