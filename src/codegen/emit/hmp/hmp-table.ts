import type { HxCommand, HxTable } from "../../../hx/index.js";
import { groupBy } from "../../../util/lists.js";
import { FileBuilder } from "../../file/file-builder.js";
import { propertyKey, toPascalCase } from "../../file/identifier.js";
import { type ImportSymbol, relativeSpecifier } from "../../file/import-table.js";
import { block, braces, type Doc } from "../../file/layout.js";
import { rstToMarkdown } from "../../docs/rst-to-markdown.js";
import { paragraphs, tsdoc } from "../../docs/tsdoc.js";
import { argumentsType } from "./arguments-type.js";
import { commandLiteral, expandedList } from "./command-literal.js";

/** A table and the TypeScript that it becomes. */
export interface HmpTablePlan {
  readonly table: HxTable;
  /** Relative to the output folder. */
  readonly path: string;
  /** The table's value: `hmpCommands`. */
  readonly value: string;
  /** The type of its handlers' arguments: `HmpCommandsArguments`. */
  readonly argumentsType: string;
}

/** How a table is called in TypeScript: `hmp-commands.hx` holds `hmpCommands`. */
export function planHmpTable(table: HxTable): HmpTablePlan {
  const base = (table.source.path.split("/").at(-1) ?? "").replace(/\.hx$/, "");
  const name = toPascalCase(base);
  return {
    table,
    path: `${base}.ts`,
    value: name.charAt(0).toLowerCase() + name.slice(1),
    argumentsType: `${name}Arguments`,
  };
}

/** What the file of a table refers to. */
interface HmpReferences {
  /** Something that the runtime (`qapi-ts/visitor`) exports. */
  readonly runtime: (name: string) => ImportSymbol;
  /** The table that a C name stands for. */
  readonly subTable: (name: string) => HmpTablePlan;
}

/** The file of a table: its commands as data, and the types of their arguments. */
export function emitHmpTable(plan: HmpTablePlan, references: HmpReferences): FileBuilder {
  const { table, path } = plan;
  const source = path.replace(/\.ts$/, ".hx");
  const file = new FileBuilder(path, [plan.value, plan.argumentsType]);
  const subTable = (name: string): string => {
    const { path: from, value } = references.subTable(name);
    return file.value({ name: value, from: { file: from } });
  };
  const commands = table.commands.map((command) => commandLiteral(command, subTable));
  file.add([
    tsdoc([`The commands of ${source}, in its order.`]),
    `export const ${plan.value}: readonly ${file.type(references.runtime("HmpCommand"))}[] = `,
    expandedList(commands),
    ";",
  ]);

  const printFormat = (): string => file.type(references.runtime("PrintFormat"));
  // By name without aliases: a command may have several entries, under conditions.
  const byName = groupBy(table.commands, ({ names: [name] }) => name);
  const members = [...byName].map(([name, forms]): Doc => [
    tsdoc(commandDocs(forms, source)),
    `${propertyKey(name)}: `,
    argumentsType(forms, printFormat),
    ";",
  ]);
  file.add([
    tsdoc(["What the handler of each command receives, by the command's name."]),
    `export interface ${plan.argumentsType} `,
    block(members),
  ]);
  return file;
}

/** The file that exports everything the others do. */
export function emitHmpIndex(plans: readonly HmpTablePlan[]): FileBuilder {
  const file = new FileBuilder("index.ts", []);
  for (const { path, value, argumentsType: type } of plans) {
    const names = braces([`type ${type}`, value], ",");
    file.add(["export ", names, ` from ${JSON.stringify(relativeSpecifier(file.path, path))};`]);
  }
  return file;
}

/**
 * The lines of a command's doc comment: its prose, and where it is defined.
 *
 * @param forms the entries of the command
 * @param source what the file is called
 */
function commandDocs(forms: readonly HxCommand[], source: string): string[] {
  const lines = forms.map(({ span }) => span.file.line(span.start));
  const [head, ...body] = forms.find(({ prose }) => prose.length > 0)?.prose ?? [];
  return paragraphs([
    // The head is a line of its own: in rST it is a term, which the body defines.
    head === undefined ? [] : rstToMarkdown(head),
    rstToMarkdown(["", ...body].join("\n")),
    [`Defined in \`${source}\`, line${lines.length > 1 ? "s" : ""} ${lines.join(", ")}.`],
  ]);
}
