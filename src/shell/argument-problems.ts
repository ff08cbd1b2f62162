import { isJsonObject, valueKind, type JsonObject } from "../json/value.js";
import { didYouMean } from "../util/did-you-mean.js";
import { isInteger } from "../visitor/builtin.js";
import { selectBranch } from "../visitor/document-visitor.js";
import type {
  AlternateVisit,
  ArrayVisit,
  EnumVisit,
  ObjectVisit,
  ScalarVisit,
  TypeVisit,
  Visitor,
} from "../visitor/type-visit.js";
import { enumValues, memberNames } from "./schema-members.js";

/** What is wrong with arguments, and with which part of them. */
export interface ArgumentProblem {
  /** Names and indices that lead to it; of a missing member, to the object that lacks it. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/**
 * Everything about arguments that is sure to be refused: members that are unknown or missing, values of another
 * kind. How wide an integer may be is left to QEMU, which tells nobody.
 *
 * @param isOpen any further argument may be given
 */
export function argumentProblems(
  type: ObjectVisit<unknown>,
  value: JsonObject,
  isOpen = false,
): readonly ArgumentProblem[] {
  const check = new ArgumentCheck(isOpen);
  type.visit(check, null, value);
  return check.problems;
}

/** The alternative that a value's JSON kind selects. */
export function alternativeFor(
  { alternatives }: AlternateVisit<unknown>,
  value: unknown,
): TypeVisit<unknown> | undefined {
  const kind = valueKind(value);
  const type = kind && alternatives.get(kind)?.type;
  return type !== undefined && isInteger(type) && typeof value !== "bigint" ? undefined : type;
}

/** Goes on after a problem, unlike the visitors that decode. */
class ArgumentCheck implements Visitor {
  readonly problems: ArgumentProblem[] = [];
  private readonly path: (string | number)[] = [];

  constructor(private readonly isOpen: boolean) {}

  integer(_type: unknown, _name: string | null, value: unknown): void {
    this.expect(typeof value === "bigint", "an integer");
  }

  scalar({ name }: ScalarVisit<unknown>, _name: string | null, value: unknown): void {
    switch (name) {
      case "str":
        this.expect(typeof value === "string", "a string");
        break;
      case "bool":
        this.expect(typeof value === "boolean", "true or false");
        break;
      case "number":
        this.expect(typeof value === "bigint" || typeof value === "number", "a number");
        break;
      case "null":
        this.expect(value === null, "null");
        break;
      case "any":
    }
  }

  enum(type: EnumVisit<string>, _name: string | null, value: unknown): void {
    if (typeof value !== "string") this.tell("must be a string");
    else if (!type.has(value)) this.tell(unknownValue(value, enumValues(type)));
  }

  array({ element }: ArrayVisit<unknown>, _name: string | null, value: unknown): void {
    if (!Array.isArray(value)) this.tell("must be a list");
    else for (const [index, item] of value.entries()) this.within(element, index, item);
  }

  object(type: ObjectVisit<unknown>, _name: string | null, value: unknown): void {
    if (!isJsonObject(value)) {
      this.tell("must be an object");
      return;
    }
    const known = new Set<string>();
    for (
      let part: ObjectVisit<unknown> | undefined = type;
      part !== undefined;
      part = selectBranch(part, value)
    ) {
      for (const member of part.members.values()) {
        known.add(member.name);
        if (Object.hasOwn(value, member.name)) this.within(member.type, member.name, value[member.name]);
        else if (!member.optional && member.condition === undefined) this.tell(`lacks '${member.name}'`);
      }
    }
    if (this.isOpen && this.path.length === 0) return;
    for (const key of Object.keys(value)) {
      if (known.has(key)) continue;
      const others = [...memberNames(type)].filter((name) => name !== key);
      this.tell(["is not expected here", ...didYouMean(key, others)].join("; "), key);
    }
  }

  alternate(type: AlternateVisit<unknown>, name: string | null, value: unknown): void {
    const fitting = alternativeFor(type, value);
    if (fitting === undefined) this.tell("is of none of the kinds that may stand here");
    else fitting.visit(this, name, value);
  }

  private within(type: TypeVisit<unknown>, step: string | number, value: unknown): void {
    this.path.push(step);
    type.visit(this, null, value);
    this.path.pop();
  }

  private expect(holds: boolean, what: string): void {
    if (!holds) this.tell(`must be ${what}`);
  }

  private tell(message: string, ...steps: readonly string[]): void {
    this.problems.push({ path: [...this.path, ...steps], message });
  }
}

/** So many values are listed in full. */
const LISTED = 12;

function unknownValue(value: string, values: readonly string[]): string {
  const hint = didYouMean(value, values);
  const names = values.length <= LISTED ? [`only ${values.join(", ")}`] : [];
  return [`cannot be '${value}'`, ...(hint.length > 0 ? hint : names)].join("; ");
}
