import { type DocComment, type DocSection, sectionWords } from "../ast/doc.js";
import type { Alternative, Branch, Condition, Entity, EnumMember, Schema } from "../schema/model.js";

/**
 * A schema in the format in which QEMU's front-end tests record it: entities module by module, then
 * every doc comment.
 *
 * ```
 * module shapes.json
 * object Point
 *     member x: int optional=False
 *         if CONFIG_X
 * doc symbol=Point
 *     body=
 * Where something is
 * ```
 *
 * @param textOf what is shown of a section of a doc comment; default: its text as it is
 */
export function dumpSchema(
  schema: Schema,
  textOf: (section: DocSection) => string = ({ text }) => text,
): string {
  const lines: string[] = [];
  for (const { name, entities } of schema.modules) {
    lines.push(`module ${name}`);
    for (const entity of entities) dumpEntity(lines, entity);
  }
  for (const doc of schema.docs) dumpDoc(lines, doc, textOf);
  return lines.map((line) => `${line}\n`).join("");
}

function dumpEntity(lines: string[], entity: Entity): void {
  switch (entity.kind) {
    case "include":
      lines.push(`include ${entity.name}`);
      return;
    case "builtin":
      return;
    case "array":
      // Arrays of built-in types that nobody asked for are not shown.
      if (!entity.span) return;
      lines.push(`array ${entity.name} ${entity.element.name}`);
      break;
    case "enum":
      lines.push(`enum ${entity.name}`);
      if (entity.prefix) lines.push(`    prefix ${entity.prefix}`);
      for (const member of entity.members) {
        lines.push(`    member ${member.name}`);
        dumpExtras(lines, member, 8);
      }
      break;
    case "object":
      lines.push(`object ${entity.name}`);
      if (entity.base) lines.push(`    base ${entity.base.name}`);
      for (const member of entity.localMembers) {
        lines.push(`    member ${member.name}: ${member.type.name} optional=${bool(member.optional)}`);
        dumpExtras(lines, member, 8);
      }
      if (entity.variants) dumpBranches(lines, entity.variants.tag.name, entity.variants.branches);
      break;
    case "alternate":
      lines.push(`alternate ${entity.name}`);
      dumpBranches(lines, "type", entity.alternatives);
      break;
    case "command":
      lines.push(
        `command ${entity.name} ${entity.arguments?.name ?? "None"} -> ${entity.returns?.name ?? "None"}`,
        `    gen=${bool(entity.gen)} success_response=${bool(entity.successResponse)} boxed=${bool(entity.boxed)}` +
          ` oob=${bool(entity.allowOob)} preconfig=${bool(entity.allowPreconfig)}` +
          (entity.coroutine ? " coroutine=True" : ""),
      );
      break;
    case "event":
      lines.push(
        `event ${entity.name} ${entity.arguments?.name ?? "None"}`,
        `    boxed=${bool(entity.boxed)}`,
      );
  }
  dumpExtras(lines, entity, 4);
}

function dumpBranches(lines: string[], tag: string, branches: readonly (Branch | Alternative)[]): void {
  lines.push(`    tag ${tag}`);
  for (const { name, type, condition } of branches) {
    lines.push(`    case ${name}: ${type.name}`);
    dumpIf(lines, condition, 8);
  }
}

/** The condition and the features of an entity, member or value. */
function dumpExtras(
  lines: string[],
  { condition, features }: Pick<EnumMember, "condition" | "features">,
  indent: number,
): void {
  dumpIf(lines, condition, indent);
  for (const feature of features) {
    lines.push(`${" ".repeat(indent)}feature ${feature.name}`);
    dumpIf(lines, feature.condition, indent + 4);
  }
}

function dumpIf(lines: string[], condition: Condition | undefined, indent: number): void {
  if (condition === undefined) return;
  lines.push(`${" ".repeat(indent)}if ${typeof condition === "string" ? condition : pythonRepr(condition)}`);
}

/** A condition as Python writes it. Names of conditions hold nothing that would need escapes. */
function pythonRepr(condition: Condition): string {
  if (typeof condition === "string") return `'${condition}'`;
  if ("not" in condition) return `{'not': ${pythonRepr(condition.not)}}`;
  const [operator, operands] = "all" in condition ? ["all", condition.all] : ["any", condition.any];
  return `{'${operator}': [${operands.map(pythonRepr).join(", ")}]}`;
}

function bool(value: boolean): string {
  return value ? "True" : "False";
}

function dumpDoc(
  lines: string[],
  { symbol, sections: [body, ...sections] }: DocComment,
  textOf: (section: DocSection) => string,
): void {
  lines.push(
    symbol === undefined ? "doc freeform" : `doc symbol=${symbol}`,
    `    body=\n${body?.text ?? ""}`,
  );
  const members = sections.filter(({ kind }) => kind === "member");
  const features = sections.filter(({ kind }) => kind === "feature");
  const others = sections.filter(({ kind }) => kind !== "member" && kind !== "feature");
  for (const each of members) lines.push(`    arg=${each.name ?? ""}\n${textOf(each)}`);
  for (const each of features) lines.push(`    feature=${each.name ?? ""}\n${textOf(each)}`);
  for (const each of others) lines.push(`    section=${sectionWords[each.kind]}\n${textOf(each)}`);
}
