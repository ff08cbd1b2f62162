import { refusedByPolicy, type CompatPolicy } from "./compat-policy.js";
import { EnumType } from "./enum-type.js";
import { Resolver } from "./resolve.js";
import type { EnumValue, MemberVisit, ObjectVisit, TypeVisit, Visitor } from "./type-visit.js";
import { VisitError } from "./visit-error.js";

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
    return new PolicedEnum(name, values, this.policy);
  }

  protected override member(member: MemberVisit): MemberVisit {
    return member.features.length === 0
      ? member
      : { ...member, type: new PolicedMember(member, this.policy) };
  }
}

/** An enum some of whose values may be refused, once they are known to be values. */
class PolicedEnum extends EnumType<string> {
  constructor(
    name: string,
    values: readonly EnumValue[],
    private readonly policy: CompatPolicy,
  ) {
    super(name, values);
  }

  override visit(visitor: Visitor, name: string | null, value: string | undefined): string {
    const read = super.visit(visitor, name, value);
    const known = this.values.find((each) => each.name === read);
    if (known !== undefined) demand(refusedByPolicy(this.policy, known, "value", read));
    return read;
  }
}

/** The type of a member that may be refused, before its value is looked at. */
class PolicedMember implements TypeVisit<unknown> {
  readonly name;
  readonly kind;

  constructor(
    private readonly member: MemberVisit,
    private readonly policy: CompatPolicy,
  ) {
    ({ name: this.name, kind: this.kind } = member.type);
  }

  visit(visitor: Visitor, name: string | null, value: unknown): unknown {
    demand(refusedByPolicy(this.policy, this.member, "parameter", this.member.name));
    return this.member.type.visit(visitor, name, value);
  }
}

function demand(refusal: string | undefined): void {
  if (refusal !== undefined) throw new VisitError(refusal);
}
