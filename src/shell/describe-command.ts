import type { ObjectType, ShellCommand, ShellType } from "./schema-index.js";

/** Objects in objects are told of so deep. */
const deepest = 3;

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
export function describeCommand(command: ShellCommand, given: ReadonlyMap<string, string>): string {
  const { name, arguments: type } = command;
  const { tag } = type;
  const [choice] = type.branches().keys();
  const isOpenChoice = tag !== undefined && choice !== undefined && !given.has(tag);
  const returned = command.returns();
  const lines = [
    name,
    ...memberLines(type, given, 1),
    ...(isOpenChoice ? [`  further members go by ${tag}: help ${name} ${tag}=${choice}`] : []),
    ...(type.isOpen === true ? ["  and any other member"] : []),
    ...(returned === undefined ? [] : [`returns ${typeText(returned)}`, ...nestedLines(returned, 1)]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function memberLines(type: ObjectType, given: ReadonlyMap<string, string>, depth: number): string[] {
  const members = [...type.members.values()].map((member) => ({
    title: member.optional ? `[${member.name}]` : member.name,
    type: member.type(),
  }));
  const width = members.reduce((most, { title }) => Math.max(most, title.length), 0);
  const lines = members.flatMap((member) => [
    `${"  ".repeat(depth)}${member.title.padEnd(width)}  ${typeText(member.type)}`,
    ...nestedLines(member.type, depth + 1),
  ]);
  const chosen = type.tag === undefined ? undefined : given.get(type.tag);
  const branch = chosen === undefined ? undefined : type.branches().get(chosen);
  return branch === undefined ? lines : [...lines, ...memberLines(branch, given, depth)];
}

/** The members of the objects that a value of the type holds. */
function nestedLines(type: ShellType, depth: number): string[] {
  if (depth > deepest) return [];
  switch (type.kind) {
    case "array":
      return nestedLines(type.element(), depth);
    case "object":
      return memberLines(type, new Map(), depth);
    default:
      return [];
  }
}

function typeText(type: ShellType): string {
  switch (type.kind) {
    case "builtin":
      return builtinTexts.get(type.json) ?? "anything";
    case "enum":
      return type.values.join(" | ");
    case "array":
      return `list of ${typeText(type.element())}`;
    case "alternate":
      return type.types().map(typeText).join(" or ");
    case "object":
      return type.members.size === 0 && type.tag === undefined ? "nothing" : "object";
  }
}

const builtinTexts: ReadonlyMap<string, string> = new Map([
  ["string", "string"],
  ["int", "integer"],
  ["number", "number"],
  ["boolean", "true or false"],
  ["null", "null"],
]);
