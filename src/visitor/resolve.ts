import { AlternateType } from "./alternate-type.js";
import { visitArray } from "./array-type.js";
import { conditionHolds, type Condition } from "../util/condition.js";
import { EnumType } from "./enum-type.js";
import { ObjectType, type ObjectParts } from "./object-type.js";
import type {
  AlternateVisit,
  ArrayVisit,
  EnumValue,
  EnumVisit,
  Marked,
  MemberVisit,
  ObjectVisit,
  TypeVisit,
  VariantsVisit,
} from "./type-visit.js";

/**
 * The type as a QEMU built with the given symbols has it: members, enum values, branches and
 * alternatives whose condition does not hold are gone; a member whose condition holds is no longer
 * optional on its account.
 */
export function resolve<Value, Received, Sent>(
  type: ObjectVisit<Value, Received, Sent>,
  defines: ReadonlySet<string>,
): ObjectVisit<Value, Received, Sent>;
export function resolve<Value extends string, Received>(
  type: EnumVisit<Value, Received>,
  defines: ReadonlySet<string>,
): EnumVisit<Value, Received>;
export function resolve<Value, Received, Sent>(
  type: TypeVisit<Value, Received, Sent>,
  defines: ReadonlySet<string>,
): TypeVisit<Value, Received, Sent>;
export function resolve(type: TypeVisit<unknown>, defines: ReadonlySet<string>): TypeVisit<unknown> {
  return new Resolver(defines).type(type);
}

interface Conditional extends Partial<Marked> {
  readonly condition?: Condition | undefined;
}

/** Makes types anew, and all that they refer to. */
export class Resolver {
  /** Types refer to each other in circles. */
  private readonly resolved = new Map<TypeVisit<unknown>, TypeVisit<unknown>>();

  /** @param defines symbols that hold; without them, what is conditional stays so */
  constructor(private readonly defines: ReadonlySet<string> | undefined) {}

  type(type: TypeVisit<unknown>): TypeVisit<unknown> {
    let resolved = this.resolved.get(type);
    if (resolved === undefined) {
      resolved = this.resolve(type);
      this.resolved.set(type, resolved);
    }
    return resolved;
  }

  private resolve(type: TypeVisit<unknown>): TypeVisit<unknown> {
    switch (type.kind) {
      case "builtin":
        return type;
      case "enum":
        return this.enum(type.name, this.holding((type as EnumVisit<string>).values));
      case "array":
        return visitArray(this.type((type as ArrayVisit<unknown>).element));
      case "object":
        return this.object(type as ObjectVisit<unknown>);
      case "alternate":
        return new AlternateType(type.name, () =>
          this.holdingTyped([...(type as AlternateVisit<unknown>).alternatives.values()]),
        );
    }
  }

  private object(type: ObjectVisit<unknown>): ObjectVisit<unknown> {
    return new ObjectType(type.name, () => {
      const members = this.holdingTyped([...type.members.values()]).map((member) => this.member(member));
      return type.variants === undefined ? { members } : { members, ...this.variants(type.variants) };
    });
  }

  private variants({ tag, branches }: VariantsVisit): Pick<ObjectParts, "tag" | "branches"> {
    const held = this.holding([...branches.values()]);
    return {
      tag,
      branches: held.map(({ value, type }) => ({ value, type: this.type(type) as typeof type })),
    };
  }

  private holdingTyped<T extends Conditional & { readonly type: TypeVisit<unknown> }>(items: readonly T[]) {
    return this.holding(items).map((item) => ({ ...item, type: this.type(item.type) }));
  }

  protected enum(name: string, values: readonly EnumValue[]): TypeVisit<unknown> {
    return new EnumType(name, values);
  }

  protected member(member: MemberVisit): MemberVisit {
    return member;
  }

  /** Those of some items whose condition holds, without it; of their features likewise. */
  private holding<T extends Conditional>(items: readonly T[]): readonly T[] {
    const { defines } = this;
    if (defines === undefined) return items;
    return items
      .filter((item) => conditionHolds(item.condition, defines))
      .map((item) => ({ ...item, condition: undefined, ...heldFeatures(item, defines) }));
  }
}

/** The features of an item that hold; nothing where that is all of them. */
export function heldFeatures(
  { features = [], featureConditions }: Partial<Marked>,
  defines: ReadonlySet<string>,
): Partial<Marked> {
  if (featureConditions === undefined) return {};
  const holds = (name: string): boolean =>
    !Object.hasOwn(featureConditions, name) || conditionHolds(featureConditions[name], defines);
  return { features: features.filter(holds), featureConditions: undefined };
}
