import { isInteger } from "../visitor/builtin.js";
import type { CommandVisit } from "../visitor/qapi.js";
import type { AlternateVisit, ArrayVisit, ObjectVisit, TypeVisit } from "../visitor/type-visit.js";
import { asObject, branchesOf, elementOf, enumValues } from "./schema-members.js";

/** Objects in objects are told of so deep. */
const DEEPEST = 3;

/**
 * What a command takes and returns, a member a line; an optional one stands in brackets:
 *
 *     blockdev-add
 *       driver       null-co | qcow2 | raw
 *       [node-name]  string
 *       further members go by driver: help blockdev-add driver=null-co
 *
 * @param given members that are chosen already: the branches that they select are told of
 */
export function describeCommand(
  name: string,
  { arguments: type, returns, gen }: CommandVisit,
  given: ReadonlyMap<string, string>,
): string {
  const tag = type?.variants?.tag;
  const [choice] = branchesOf(type).keys();
  const isOpenChoice = tag !== undefined && choice !== undefined && !given.has(tag);
  const lines = [
    name,
    ...memberLines(type, given, 1),
    ...(isOpenChoice ? [`  further members go by ${tag}: help ${name} ${tag}=${choice}`] : []),
    ...(gen === false ? ["  and any other member"] : []),
    `returns ${returns === undefined ? "nothing" : typeText(returns)}`,
    ...nestedLines(returns, 1),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function memberLines(
  type: ObjectVisit<unknown> | undefined,
  given: ReadonlyMap<string, string>,
  depth: number,
): string[] {
  if (type === undefined) return [];
  const members = [...type.members.values()].map((member) => ({
    title: member.optional ? `[${member.name}]` : member.name,
    type: member.type,
  }));
  const width = members.reduce((most, { title }) => Math.max(most, title.length), 0);
  const lines = members.flatMap((member) => [
    `${"  ".repeat(depth)}${member.title.padEnd(width)}  ${typeText(member.type)}`,
    ...nestedLines(member.type, depth + 1),
  ]);
  const chosen = type.variants && given.get(type.variants.tag);
  const branch = chosen === undefined ? undefined : branchesOf(type).get(chosen);
  return [...lines, ...memberLines(branch, given, depth)];
}

/** The members of the objects that a value of the type holds. */
function nestedLines(type: TypeVisit<unknown> | undefined, depth: number): string[] {
  if (depth > DEEPEST) return [];
  if (type?.kind === "array") return nestedLines(elementOf(type), depth);
  return memberLines(asObject(type), new Map(), depth);
}

function typeText(type: TypeVisit<unknown>): string {
  switch (type.kind) {
    case "builtin":
      return isInteger(type) ? "integer" : (builtinTexts.get(type.name) ?? "anything");
    case "enum":
      return enumValues(type).join(" | ");
    case "array":
      return `list of ${typeText((type as ArrayVisit<unknown>).element)}`;
    case "alternate": {
      const { alternatives } = type as AlternateVisit<unknown>;
      return [...alternatives.values()].map((each) => typeText(each.type)).join(" or ");
    }
    case "object": {
      const { members, variants } = type as ObjectVisit<unknown>;
      return members.size === 0 && variants === undefined ? "nothing" : "object";
    }
  }
}

const builtinTexts: ReadonlyMap<string, string> = new Map([
  ["str", "string"],
  ["number", "number"],
  ["bool", "true or false"],
  ["null", "null"],
]);
