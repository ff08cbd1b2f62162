import type { Completion } from "../terminal/line-shell.js";
import type { MonitorVocabulary } from "./monitor-vocabulary.js";

/** Completes the last word of a line to a human monitor, up to the cursor. */
export function completeMonitorLine(line: string, vocabulary: MonitorVocabulary): Completion {
  const words = line.trimStart().split(/\s+/);
  const typed = words.pop() ?? "";
  const candidates = candidatesAfter(words, typed, vocabulary);
  return { candidates: candidates.filter((candidate) => candidate.startsWith(typed)), typed };
}

function candidatesAfter(
  [command, ...words]: readonly string[],
  typed: string,
  vocabulary: MonitorVocabulary,
): readonly string[] {
  const [first] = words;
  switch (command) {
    case undefined:
      return [...vocabulary.commands.keys()];
    case "help":
    case "?":
      if (first === undefined) return [...vocabulary.commands.keys()];
      return first === "info" && words.length === 1 ? [...vocabulary.topics.keys()] : [];
    case "info":
      if (first === undefined) return [...vocabulary.topics.keys()];
      return flagsLeft(vocabulary.topics.get(first), words.slice(1), typed);
    case "watch":
      return first === undefined ? ["migrate"] : [];
    case "migrate_set_parameter":
      if (first === undefined) return vocabulary.parameters;
      return words.length === 1 ? vocabulary.parameterValues(first) : [];
    case "migrate_set_capability":
      if (first === undefined) return vocabulary.capabilities;
      return words.length === 1 ? vocabulary.capabilityValues(first) : [];
    default: {
      const hasArgument = words.some((word) => !word.startsWith("-"));
      const firstWords = hasArgument ? [] : (vocabulary.firstWords.get(command) ?? []);
      return [...flagsLeft(vocabulary.commands.get(command), words, typed), ...firstWords];
    }
  }
}

/** The flags that are not there yet. They stand before everything else. */
function flagsLeft(
  flags: readonly string[] = [],
  words: readonly string[],
  typed: string,
): readonly string[] {
  if (words.some((word) => !word.startsWith("-")) && !typed.startsWith("-")) return [];
  return flags.filter((flag) => !words.includes(flag));
}
