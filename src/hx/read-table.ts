import type { Problems } from "../diagnostic/problems.js";
import type { SourceFile } from "../diagnostic/source.js";
import { conditionHolds, type Defines } from "../util/condition.js";
import { ConditionStack } from "./condition-stack.js";
import { readCommand } from "./read-command.js";
import type { HxItem } from "./ast/syntax.js";
import type { HxCommand, HxTable } from "./table.js";

/** How the preprocessor lines of a table are read. */
export interface HxOptions {
  /**
   * The symbols that are defined. Commands whose condition does not hold are then left out, and none
   * has a condition any more. Without it every command stays, with its condition; conditions inside
   * an entry are decided as if every symbol were defined.
   */
  readonly defines?: ReadonlySet<string> | undefined;
}

/** Without a choice, what stands under a condition inside an entry is taken as if all were defined. */
const allDefined: Defines = { has: () => true };

/** Makes a table of what was parsed. What is wrong is reported and left out. */
export function readTable(
  items: readonly HxItem[],
  source: SourceFile,
  problems: Problems,
  { defines }: HxOptions = {},
): HxTable {
  const stack = new ConditionStack(source, problems);
  const commands: HxCommand[] = [];
  for (const item of items) {
    if (item.kind === "directive") {
      stack.apply(item);
    } else if (item.kind === "prose") {
      describe(commands, item.lines);
    } else {
      const command = readCommand(item, { source, problems, defines: defines ?? allDefined });
      if (command !== undefined) commands.push({ ...command, condition: stack.condition, prose: [] });
    }
  }
  stack.end();
  reportDuplicates(commands, problems);
  return { source, commands: defines === undefined ? commands : compiledIn(commands, defines) };
}

/** The commands whose condition holds, freed of it. */
function compiledIn(commands: readonly HxCommand[], defines: Defines): HxCommand[] {
  return commands
    .filter(({ condition }) => conditionHolds(condition, defines))
    .map((command) => ({ ...command, condition: undefined }));
}

/** Gives prose to the command before it, and to its other forms for other conditions. */
function describe(commands: HxCommand[], prose: readonly string[]): void {
  const name = commands.at(-1)?.names[0];
  for (let index = commands.length - 1; index >= 0; index--) {
    const command = commands[index];
    if (command === undefined || command.names[0] !== name || command.prose.length > 0) return;
    commands[index] = { ...command, prose };
  }
}

/** Two commands of one name are fine when their conditions differ: they keep them apart. */
function reportDuplicates(commands: readonly HxCommand[], problems: Problems): void {
  const seen = new Map<string, HxCommand>();
  for (const command of commands) {
    const condition = command.condition === undefined ? "" : JSON.stringify(command.condition);
    for (const name of command.names) {
      const key = `${name} ${condition}`;
      const before = seen.get(key) ?? seen.get(`${name} `);
      if (before !== undefined) {
        const notes = [{ message: "previous definition", span: before.nameSpan }];
        problems.report("hx-duplicate-command", command.nameSpan, [name], { notes });
      }
      seen.set(key, command);
    }
  }
}
