import { nearest } from "../util/did-you-mean.js";
import type { MonitorVocabulary } from "./monitor-vocabulary.js";

/**
 * What may help a person after a line that a human monitor refused: that QEMU has the command and this
 * monitor has not, or what the word may have meant. Undefined when there is nothing to say.
 */
export function hintForMonitorLine(line: string, vocabulary: MonitorVocabulary): string | undefined {
  const [command = "", first, ...others] = line.trim().split(/\s+/);
  const { commands, topics, elsewhere } = vocabulary;
  if (command === "") return undefined;
  if (!commands.has(command)) return unknownName(command, commands.keys(), elsewhere.commands);
  if (first === undefined) return undefined;
  switch (command) {
    case "help":
    case "?":
      return hintForMonitorLine([first, ...others].join(" "), vocabulary);
    case "info":
      return topics.has(first) ? undefined : unknownName(first, topics.keys(), elsewhere.topics, "info ");
    case "migrate_set_parameter":
      return suggestion(first, vocabulary.parameters);
    case "migrate_set_capability":
      return suggestion(first, vocabulary.capabilities);
    default:
      return undefined;
  }
}

/** @param prefix what leads to the name */
function unknownName(
  name: string,
  known: Iterable<string>,
  elsewhere: ReadonlySet<string>,
  prefix = "",
): string | undefined {
  if (elsewhere.has(name)) return `QEMU has '${prefix}${name}', this monitor has not`;
  return suggestion(name, known, prefix);
}

function suggestion(word: string, names: Iterable<string>, prefix = ""): string | undefined {
  const all = [...names];
  if (all.includes(word)) return undefined;
  const [name] = nearest(word, all, 1);
  return name === undefined ? undefined : `did you mean '${prefix}${name}'?`;
}
