import type { Problems } from "../diagnostic/problems.js";
import type { SourceFile } from "../diagnostic/source.js";
import { didYouMean } from "../util/did-you-mean.js";
import { conditionHolds, type Defines } from "../util/condition.js";
import { ConditionStack } from "./condition-stack.js";
import { spanOf, type HxEntry, type HxField, type HxName, type HxString, type HxText } from "./ast/syntax.js";
import { readArguments } from "./read-arguments.js";
import type { HxCommand } from "./table.js";
import { Text } from "./text.js";

/** What an entry is read with. */
interface ReadContext {
  readonly source: SourceFile;
  readonly problems: Problems;
  /** Decides conditions inside entries. */
  readonly defines: Defines;
}

/** Reads an entry, without its condition and prose; `undefined` after a problem was reported. */
export function readCommand(
  entry: HxEntry,
  context: ReadContext,
): Omit<HxCommand, "condition" | "prose"> | undefined {
  const { source, problems } = context;
  const { given, texts, names } = new FieldReader(context).readAll(entry);
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

/** The members of QEMU's `HMPCommand` (monitor/monitor-internal.h) and what a table gives them. */
const fieldKinds: ReadonlyMap<string, "text" | "name"> = new Map([
  ["name", "text"],
  ["args_type", "text"],
  ["params", "text"],
  ["help", "text"],
  ["flags", "text"],
  ["cmd", "name"],
  ["cmd_info_hrt", "name"],
  ["coroutine", "name"],
  ["sub_table", "name"],
  ["command_completion", "name"],
]);

/** Sorts out the fields of an entry that are compiled in. What is wrong is reported and left out. */
class FieldReader {
  /** The names of all of them, those among them that cannot be used. */
  readonly given = new Set<string>();
  /** Strings, joined. */
  readonly texts = new Map<string, Text>();
  readonly names = new Map<string, HxName>();
  private readonly stack: ConditionStack;

  constructor(private readonly context: ReadContext) {
    this.stack = new ConditionStack(context.source, context.problems);
  }

  readAll({ items }: HxEntry): this {
    for (const item of items) {
      if (item.kind === "directive") this.stack.apply(item);
      else if (item.kind === "field") this.read(item);
    }
    this.stack.end();
    return this;
  }

  private read(field: HxField): void {
    const { value } = field;
    const name = field.name.name;
    const isUsable = this.isCompiled() && this.check(field);
    if (value.kind === "name") {
      if (isUsable) this.names.set(name, value);
      return;
    }
    // Its own preprocessor lines count in any case.
    const [first = emptyString(value), ...more] = this.joined(value);
    if (isUsable) this.texts.set(name, new Text(this.context.source, [first, ...more]));
  }

  private isCompiled(): boolean {
    return conditionHolds(this.stack.condition, this.context.defines);
  }

  private check({ name: { name, ...place }, value }: HxField): boolean {
    const { source, problems } = this.context;
    const kind = fieldKinds.get(name);
    if (kind === undefined) {
      const help = didYouMean(name, fieldKinds.keys());
      problems.report("hx-unknown-field", spanOf(source, place), [name], { help });
      return false;
    }
    if (this.given.has(name)) {
      problems.report("hx-duplicate-field", spanOf(source, place), [name]);
      return false;
    }
    this.given.add(name);
    if (value.kind !== kind) {
      const expected = kind === "text" ? "a string" : "a name";
      problems.report("hx-field-kind", spanOf(source, value), [name, expected]);
    }
    return value.kind === kind;
  }

  /** The literals of a text that are compiled in. */
  private joined(text: HxText): HxString[] {
    const strings: HxString[] = [];
    for (const part of text.parts) {
      if (part.kind === "directive") this.stack.apply(part);
      else if (this.isCompiled()) strings.push(part);
    }
    return strings;
  }
}

/** Stands for a text of which no part is compiled in. */
function emptyString({ start, end }: HxText): HxString {
  return { kind: "string", text: "", start, end };
}
