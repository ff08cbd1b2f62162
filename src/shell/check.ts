import { isJsonObject, type JsonValue } from "../json/index.js";
import { didYouMean } from "../util/did-you-mean.js";
import { memberNames, type ObjectType, type ShellType } from "./schema-index.js";
import { append } from "../util/lists.js";

/** What is wrong with arguments, and with which part of them. */
export interface ArgumentProblem {
  /** Names and indices that lead to it; of a missing member, to the object that lacks it. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Everything that QEMU would refuse about a value of a type, as far as its description of itself says. */
export function checkValue(
  type: ShellType,
  value: JsonValue,
  path: readonly (string | number)[] = [],
): ArgumentProblem[] {
  switch (type.kind) {
    case "builtin":
      return isOfJsonType(value, type.json) ? [] : [{ path, message: `must be ${article(type.json)}` }];
    case "enum":
      if (typeof value !== "string") return [{ path, message: "must be a string" }];
      return type.values.includes(value) ? [] : [{ path, message: unknownValue(value, type.values) }];
    case "array":
      if (!Array.isArray(value)) return [{ path, message: "must be a list" }];
      return value.flatMap((item, index) => checkValue(type.element(), item, [...path, index]));
    case "alternate": {
      const fitting = type.types().find((each) => hasKind(value, each));
      if (fitting === undefined) return [{ path, message: "is of none of the kinds that may stand here" }];
      return checkValue(fitting, value, path);
    }
    case "object":
      return checkObject(type, value, path);
  }
}

function checkObject(
  type: ObjectType,
  value: JsonValue,
  path: readonly (string | number)[],
): ArgumentProblem[] {
  if (!isJsonObject(value)) return [{ path, message: "must be an object" }];
  const problems: ArgumentProblem[] = [];
  const known = new Set<string>();
  const visit = (part: ObjectType): void => {
    for (const member of part.members.values()) {
      known.add(member.name);
      const given = Object.hasOwn(value, member.name) ? value[member.name] : undefined;
      if (given !== undefined) append(problems, checkValue(member.type(), given, [...path, member.name]));
      else if (!member.optional) problems.push({ path, message: `lacks '${member.name}'` });
    }
    const tag = part.tag !== undefined && Object.hasOwn(value, part.tag) ? value[part.tag] : undefined;
    const branch = typeof tag === "string" ? part.branches().get(tag) : undefined;
    if (branch !== undefined) visit(branch);
  };
  visit(type);
  if (type.isOpen === true) return problems;
  for (const key of Object.keys(value)) {
    if (known.has(key)) continue;
    const hint = didYouMean(
      key,
      memberNames(type).filter((name) => name !== key),
    );
    problems.push({ path: [...path, key], message: ["is not expected here", ...hint].join("; ") });
  }
  return problems;
}

/** Whether a value is of the JSON kind by which an alternate tells its types apart. */
export function hasKind(value: JsonValue, type: ShellType): boolean {
  switch (type.kind) {
    case "builtin":
      return isOfJsonType(value, type.json);
    case "enum":
      return typeof value === "string";
    case "array":
      return Array.isArray(value);
    case "object":
      return isJsonObject(value);
    case "alternate":
      return type.types().some((each) => hasKind(value, each));
  }
}

function isOfJsonType(value: JsonValue, json: string): boolean {
  switch (json) {
    case "string":
    case "boolean":
      return typeof value === json;
    case "int":
      return typeof value === "bigint";
    case "number":
      return typeof value === "bigint" || typeof value === "number";
    case "null":
      return value === null;
    default:
      return true;
  }
}

function article(json: string): string {
  if (json === "int") return "an integer";
  if (json === "boolean") return "true or false";
  return json === "null" ? json : `a ${json}`;
}

/** So many values are listed in full. */
const listed = 12;

function unknownValue(value: string, values: readonly string[]): string {
  const hint = didYouMean(value, values);
  const names = values.length <= listed ? [`only ${values.join(", ")}`] : [];
  return [`cannot be '${value}'`, ...(hint.length > 0 ? hint : names)].join("; ");
}
