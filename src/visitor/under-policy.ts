import { refusedByPolicy, type CompatPolicy } from "./compat-policy.js";
import { EnumType } from "./enum-type.js";
import { Resolver } from "./resolve.js";
import type {
  AlternateVisit,
  EnumValue,
  MemberVisit,
  ObjectVisit,
  TypeVisit,
  Visitor,
} from "./type-visit.js";

/**
 * The type as a QEMU with the given policy reads it: what the policy refuses is an error where it is used,
 * in QEMU's words and at its turn. It is for reading alone.
 */
export function underPolicy(type: ObjectVisit<unknown>, policy: CompatPolicy): ObjectVisit<unknown> {
  return new PolicyResolver(policy).type(type) as ObjectVisit<unknown>;
}

class PolicyResolver extends Resolver {
  constructor(private readonly policy: CompatPolicy) {
    super(undefined);
  }

  protected override enum(name: string, values: readonly EnumValue[]): TypeVisit<unknown> {
    const refusals = new Map(
      values.flatMap((value) => {
        const refuse = refusedByPolicy(this.policy, value, "value", value.name);
        return refuse === undefined ? [] : [[value.name, refuse] as const];
      }),
    );
    return refusals.size === 0 ? super.enum(name, values) : new PolicedEnum(name, values, refusals);
  }

  protected override member(member: MemberVisit): MemberVisit {
    const refuse = refusedByPolicy(this.policy, member, "parameter", member.name);
    return refuse === undefined ? member : { ...member, type: new RefusedType(member.type.name, refuse) };
  }
}

/** An enum some of whose values are refused, once they are known to be values. */
class PolicedEnum extends EnumType<string> {
  private readonly whole: EnumType<string>;

  constructor(
    name: string,
    values: readonly EnumValue[],
    private readonly refusals: ReadonlyMap<string, () => Error>,
  ) {
    super(
      name,
      values.filter((value) => !refusals.has(value.name)),
    );
    this.whole = new EnumType(name, values);
  }

  override visit(visitor: Visitor, name: string | null, value: string | undefined): string {
    const read = this.whole.visit(visitor, name, value);
    const refuse = this.refusals.get(read);
    if (refuse !== undefined) throw refuse();
    return read;
  }
}

/** The type of a member that is refused whatever its value: none fits it. */
class RefusedType implements AlternateVisit<unknown> {
  readonly kind = "alternate";
  readonly alternatives = new Map();

  constructor(
    readonly name: string,
    private readonly refuse: () => Error,
  ) {}

  visit(): never {
    throw this.refuse();
  }
}
