import type { Problems } from "../diagnostic/problems.js";
import { readArguments } from "./read-arguments.js";
import { readFields, type ReadContext } from "./read-fields.js";
import { spanOf, type HxEntry } from "./ast/syntax.js";
import type { HxCommand } from "./table.js";
import type { Text } from "./text.js";

/** Reads an entry, without its condition and prose; `undefined` after a problem was reported. */
export function readCommand(
  entry: HxEntry,
  context: ReadContext,
): Omit<HxCommand, "condition" | "prose"> | undefined {
  const { source, problems } = context;
  const { given, texts, names } = readFields(entry, context);
  const brace = { file: source, start: entry.start, end: entry.start + 1 };
  for (const field of ["name", "args_type", "params", "help"]) {
    if (!given.has(field)) problems.report("hx-missing-field", brace, [field]);
  }
  const name = texts.get("name");
  const argsType = texts.get("args_type");
  if (name === undefined || argsType === undefined) return undefined;

  const subTable = names.get("sub_table");
  return {
    names: readNames(name, problems),
    arguments: readArguments(argsType, problems),
    params: texts.get("params")?.value ?? "",
    help: texts.get("help")?.value ?? "",
    flags: texts.get("flags")?.value ?? "",
    subTable: subTable && { name: subTable.name, span: spanOf(source, subTable) },
    span: spanOf(source, entry),
    nameSpan: name.span(0, name.value.length),
  };
}

function readNames(name: Text, problems: Problems): [string, ...string[]] {
  const [first = "", ...aliases] = name.value.split("|");
  let start = 0;
  for (const each of [first, ...aliases]) {
    const end = start + each.length;
    if (!/^[^\s/]+$/.test(each)) problems.report("hx-command-name", name.span(start, end), [each]);
    start = end + 1;
  }
  return [first, ...aliases];
}
