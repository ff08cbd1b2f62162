import type { Condition } from "../util/condition.js";
import type {
  BranchVisit,
  Marked,
  MemberVisit,
  ObjectVisit,
  TypeVisit,
  VariantsVisit,
  Visitor,
} from "./type-visit.js";

/** What an object type is made of. Types refer to each other, so it is asked for when first needed. */
export interface ObjectParts {
  readonly base?: ObjectVisit<unknown>;
  /** Members of its own. */
  readonly members: readonly MemberVisit[];
  /** In unions, the name of the member that selects a branch. */
  readonly tag?: string;
  readonly branches?: readonly BranchVisit[];
}

/** What is to say about a member beside its name and type. */
interface MemberNote extends Partial<Marked> {
  readonly condition?: Condition | undefined;
}

/** A struct or union. */
export function visitObject<Value, Received, Sent>(
  name: string,
  parts: () => ObjectParts,
): ObjectVisit<Value, Received, Sent> {
  return new ObjectType(name, parts);
}

/** A member that must be there (unless its condition does not hold). */
export function required(name: string, type: TypeVisit<unknown>, note: MemberNote = {}): MemberVisit {
  return { name, type, optional: false, features: [], ...note };
}

/** A member that may be absent. */
export function optional(name: string, type: TypeVisit<unknown>, note: MemberNote = {}): MemberVisit {
  return { name, type, optional: true, features: [], ...note };
}

/** The members that a tag value brings. */
export function branch(value: string, type: ObjectVisit<unknown>, condition?: Condition): BranchVisit {
  return { value, type, condition };
}

export class ObjectType<Value, Received, Sent> implements ObjectVisit<Value, Received, Sent> {
  readonly kind = "object";
  private layout: ObjectLayout | undefined;

  constructor(
    readonly name: string,
    private readonly parts: () => ObjectParts,
  ) {}

  get members(): ReadonlyMap<string, MemberVisit> {
    return this.getLayout().members;
  }

  get variants(): VariantsVisit | undefined {
    return this.getLayout().variants;
  }

  visit(visitor: Visitor, name: string | null, value: Value | undefined): Value {
    return visitor.object(this, name, value) as Value;
  }

  private getLayout(): ObjectLayout {
    this.layout ??= layOut(this.parts());
    return this.layout;
  }
}

interface ObjectLayout {
  readonly members: ReadonlyMap<string, MemberVisit>;
  readonly variants: VariantsVisit | undefined;
}

function layOut({ base, members, tag, branches = [] }: ObjectParts): ObjectLayout {
  const all = new Map(base?.members);
  for (const member of members) all.set(member.name, member);
  return {
    members: all,
    variants:
      tag === undefined
        ? undefined
        : { tag, branches: new Map(branches.map((branch) => [branch.value, branch])) },
  };
}

/** The object without members, under QEMU's name for it. */
export const emptyObject: ObjectVisit<unknown> = /* @__PURE__ */ visitObject<unknown, unknown, unknown>(
  "q_empty",
  () => ({ members: [] }),
);
