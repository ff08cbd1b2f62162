import type { Problems } from "../diagnostic/problems.js";
import type { SourceFile } from "../diagnostic/source.js";
import { didYouMean } from "../util/did-you-mean.js";
import { conditionHolds, type Defines } from "../util/condition.js";
import { ConditionStack } from "./condition-stack.js";
import { spanOf, type HxEntry, type HxField, type HxName, type HxString, type HxText } from "./ast/syntax.js";
import { Text } from "./text.js";

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

/** What an entry is read with. */
export interface ReadContext {
  readonly source: SourceFile;
  readonly problems: Problems;
  /** Decides conditions inside entries. */
  readonly defines: Defines;
}

/** The fields of an entry that are compiled in, strings joined. */
interface Fields {
  /** The names of all of them, those among them that cannot be used. */
  readonly given: ReadonlySet<string>;
  readonly texts: ReadonlyMap<string, Text>;
  readonly names: ReadonlyMap<string, HxName>;
}

/** Sorts out the fields of an entry. What is wrong is reported and left out. */
export function readFields(entry: HxEntry, context: ReadContext): Fields {
  const reader = new FieldReader(context);
  for (const item of entry.items) {
    if (item.kind === "directive") reader.stack.apply(item);
    else if (item.kind === "field") reader.read(item);
  }
  reader.stack.end();
  return reader;
}

class FieldReader implements Fields {
  readonly stack: ConditionStack;
  readonly given = new Set<string>();
  readonly texts = new Map<string, Text>();
  readonly names = new Map<string, HxName>();

  constructor(private readonly context: ReadContext) {
    this.stack = new ConditionStack(context.source, context.problems);
  }

  read(field: HxField): void {
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
