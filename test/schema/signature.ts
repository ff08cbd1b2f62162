import type { Definition, Feature, ObjectMember, ObjectType } from "../../src/qapi/schema/model.js";

/** What a definition says apart from its docs, in lines that read well in a diff. */
export function signature(definition: Definition): string[] {
  const head = `${definition.kind}${features(definition.features)}`;
  switch (definition.kind) {
    case "enum":
      return [head, ...definition.members.map(({ name, features: own }) => `${name}${features(own)}`)];
    case "object":
      return [head, ...members(definition)];
    case "alternate":
      return [head, ...definition.alternatives.map(({ name, type }) => `${name}: ${type.name}`)];
    case "command": {
      const flags = [definition.allowOob && "oob", definition.allowPreconfig && "preconfig"].filter(Boolean);
      const returns = `returns ${definition.returns?.name ?? "nothing"}`;
      return [head, ...flags.map(String), ...members(definition.arguments), returns];
    }
    case "event":
      return [head, ...members(definition.arguments)];
    default:
      return [head];
  }
}

/** `*name: type [feature]` for each member, the base's first, and a line for each branch. */
export function members(type: ObjectType | undefined): string[] {
  if (type === undefined) return [];
  const branches = type.variants?.branches ?? [];
  return [...type.members.map(member), ...branches.map((branch) => `${branch.name} => ${branch.type.name}`)];
}

function member({ name, type, optional, features: own }: ObjectMember): string {
  return `${optional ? "*" : ""}${name}: ${type.name}${features(own)}`;
}

function features(list: readonly Feature[]): string {
  return list.map(({ name }) => ` [${name}]`).join("");
}
