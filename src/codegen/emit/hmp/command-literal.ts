import type { HxArgument, HxCommand } from "../../../hx/index.js";
import { block, braces, type Doc, group, hardline, indent, join, line, list } from "../../file/layout.js";
import { conditionLiteral } from "../note.js";

/** A command as an object; `subTable` gives the local name of the table that a C name stands for. */
export function commandLiteral(command: HxCommand, subTable: (name: string) => string): Doc {
  const properties: Doc[] = [
    ["names: ", list(command.names.map(stringLiteral))],
    ["arguments: ", argumentList(command.arguments)],
    stringProperty("params", command.params),
    stringProperty("help", command.help),
    stringProperty("flags", command.flags),
  ];
  if (command.subTable !== undefined) properties.push(`subTable: ${subTable(command.subTable.name)}`);
  if (command.condition !== undefined) properties.push(["condition: ", conditionLiteral(command.condition)]);
  return block(properties.map((property) => [property, ","]));
}

function argumentList(specs: readonly HxArgument[]): Doc {
  const items = specs.map(argumentLiteral);
  // Prettier breaks lists of objects that have several members each.
  return items.length > 1 ? expandedList(items) : list(items);
}

function argumentLiteral({ key, code, optional, dotted, flag, flagValue }: HxArgument): Doc {
  const properties: Doc[] = [`key: ${stringLiteral(key)}`, `code: ${stringLiteral(code)}`];
  if (optional) properties.push("optional: true");
  if (dotted) properties.push("dotted: true");
  if (flag !== undefined) properties.push(`flag: ${stringLiteral(flag)}`);
  if (flagValue) properties.push("flagValue: true");
  return braces(properties, ",");
}

/** A list with one item a line. */
export function expandedList(items: readonly Doc[]): Doc {
  if (items.length === 0) return "[]";
  return ["[", indent([hardline, join([",", hardline], items)]), ",", hardline, "]"];
}

/** A string that moves to a line of its own where it is too long, unless that would gain too little. */
function stringProperty(key: string, value: string): Doc {
  const gap = key.length <= 4 ? " " : group(indent(line));
  return group([key, ":", gap, stringLiteral(value)]);
}

/** A string in the quotes that need fewer escapes, double ones if there is no difference. */
function stringLiteral(value: string): string {
  const double = JSON.stringify(value);
  const count = (quote: string): number => value.split(quote).length - 1;
  if (count('"') <= count("'")) return double;
  return `'${double.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
