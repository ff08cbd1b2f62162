import type { Branch, ObjectMember, ObjectType } from "../../qapi/schema/model.js";
import { nearest } from "../../util/did-you-mean.js";
import { conditionWords } from "../condition-order.js";
import { jsonClass, typeText } from "./json-class.js";
import {
  conditionField,
  type EffectOverride,
  localChange,
  type LocalChange,
  type Pledge,
  pledgeOf,
} from "./pair-node.js";
import { sameShape } from "./same-shape.js";

/** Members that one union's branches are not to be asked about, since they moved between it and them. */
export interface BranchContext {
  /** Members of the old branch that are common members now. */
  readonly nowCommon: ReadonlySet<string>;
  /** Members of the new branch that were common members. */
  readonly wereCommon: ReadonlySet<string>;
}

export const noContext: BranchContext = { nowCommon: new Set(), wereCommon: new Set() };

/** What comparing two objects asks of the walk around it. */
export interface ObjectVisitor {
  /** Something changed that no further pair of types tells. */
  change(change: LocalChange): void;
  /** A member that is there in both; `step` leads to it. */
  member(step: string, old: ObjectMember, next: ObjectMember): void;
  branch(step: string, old: ObjectType, next: ObjectType, pledge: Pledge, context: BranchContext): void;
}

/** Compares two objects member by member and branch by branch. */
export function compareObject(
  old: ObjectType,
  next: ObjectType,
  context: BranchContext,
  visitor: ObjectVisitor,
): void {
  new ObjectComparison(old, next, context, visitor).run();
}

class ObjectComparison {
  private readonly before: ReadonlyMap<string, ObjectMember>;
  private readonly after: ReadonlyMap<string, ObjectMember>;
  private readonly oldBranches: ReadonlyMap<string, Branch>;
  private readonly newBranches: ReadonlyMap<string, Branch>;

  constructor(
    private readonly old: ObjectType,
    private readonly next: ObjectType,
    private readonly context: BranchContext,
    private readonly visitor: ObjectVisitor,
  ) {
    this.before = byName(old.members);
    this.after = byName(next.members);
    this.oldBranches = byName(old.variants?.branches ?? []);
    this.newBranches = byName(next.variants?.branches ?? []);
  }

  run(): void {
    const { old, next, before, after, context, visitor } = this;
    const removed = old.members.filter(({ name }) => !after.has(name) && !context.nowCommon.has(name));
    const added = next.members.filter(({ name }) => !before.has(name) && !context.wereCommon.has(name));

    for (const member of old.members) {
      const same = after.get(member.name);
      if (same !== undefined) visitor.member(`/${member.name}`, member, same);
    }

    const toBranch = removed.filter((member) => this.movesToBranches(member));
    const fromBranch = added.filter((member) => this.comesFromBranches(member));
    const gone = removed.filter((member) => !toBranch.includes(member));
    const fresh = added.filter((member) => !fromBranch.includes(member));
    const renames = findRenames(gone, fresh);
    for (const [from, to] of renames) {
      visitor.change(renamed(from, to));
      // What the type's own parts went through is told under the old name.
      visitor.member(`/${from.name}`, from, to);
    }
    const renamedTo = new Set(renames.values());
    for (const member of gone) if (!renames.has(member)) visitor.change(removedMember(member));
    for (const member of fresh) if (!renamedTo.has(member)) visitor.change(addedMember(member));

    const tagRenamed = [...renames].some(
      ([from, to]) => from.name === old.variants?.tag.name && to.name === next.variants?.tag.name,
    );
    this.branches({ nowCommon: names(fromBranch), wereCommon: names(toBranch) }, tagRenamed);
  }

  /** Whether a member that was common is in branches now; if so, it has been told. */
  private movesToBranches(member: ObjectMember): boolean {
    const { next, visitor } = this;
    const homes = homesOf(member, this.newBranches);
    for (const { branch, found } of homes) visitor.member(`/+${branch.name}/${member.name}`, member, found);
    const [first] = homes;
    if (first === undefined) return false;
    // In every branch it is still there whatever the tag says.
    if (homes.length === valuesOf(next).length) return true;
    const where = homes.map(({ branch }) => branch.name);
    const tag = next.variants?.tag.name ?? "";
    visitor.change(
      localChange("member-moved-to-branch", member, first.found, {
        step: `/${member.name}`,
        in: { why: `QEMU takes it only with '${tag}' ${where.join(", ")}` },
        out: { why: `it comes only with '${tag}' ${where.join(", ")}` },
        fields: { member: member.name, branches: where },
      }),
    );
    return true;
  }

  /** Whether a member that is common now was in branches; what is new for the others has been told. */
  private comesFromBranches(member: ObjectMember): boolean {
    const homes = homesOf(member, this.oldBranches);
    for (const { branch, found } of homes)
      this.visitor.member(`/+${branch.name}/${member.name}`, found, member);
    if (homes.length === 0) return false;
    if (homes.length !== valuesOf(this.old).length) this.visitor.change(addedMember(member));
    return true;
  }

  private branches(context: BranchContext, tagRenamed: boolean): void {
    const { before, after, oldBranches, newBranches, visitor } = this;
    const oldTag = this.old.variants?.tag;
    const newTag = this.next.variants?.tag;
    const tagChanged =
      oldTag !== undefined && newTag !== undefined && oldTag.name !== newTag.name && !tagRenamed;
    if (tagChanged) {
      visitor.change(
        localChange("tag-changed", oldTag, newTag, {
          step: `/${oldTag.name}`,
          fields: { from: oldTag.name, to: newTag.name },
        }),
      );
    }
    const hadValue = valueTest(oldTag ?? (newTag && before.get(newTag.name)));
    const hasValue = valueTest(newTag ?? (oldTag && after.get(oldTag.name)));
    for (const name of new Set([...oldBranches.keys(), ...newBranches.keys()])) {
      const [was, is] = [oldBranches.get(name), newBranches.get(name)];
      const wasEmpty = was === undefined || isEmpty(was.type, context.nowCommon);
      const nowEmpty = is === undefined || isEmpty(is.type, context.wereCommon);
      const both = hasBranch(was, context.nowCommon) === hasBranch(is, context.wereCommon);
      if (was !== undefined && is !== undefined && (both || wasEmpty === nowEmpty || tagChanged)) {
        visitor.branch(`/+${name}`, was.type, is.type, valuePledge(oldTag, name), context);
      } else if (tagChanged) {
        continue;
      } else if (is !== undefined && (!nowEmpty || !hadValue(name))) {
        const known = (member: string): boolean => context.wereCommon.has(member) || before.has(member);
        visitor.change(addedBranch(is, hadValue(name), nowEmpty, known));
      } else if (was !== undefined && (!wasEmpty || !hasValue(name))) {
        visitor.change(removedBranch(was, hasValue(name), wasEmpty, valuePledge(oldTag, name)));
      }
    }
  }
}

function byName<T extends { readonly name: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.name, item]));
}

function names(members: readonly ObjectMember[]): ReadonlySet<string> {
  return new Set(members.map(({ name }) => name));
}

/** The branches that have a member of the name. */
function homesOf({ name }: ObjectMember, branches: ReadonlyMap<string, Branch>) {
  return [...branches.values()].flatMap((branch) => {
    const found = branch.type.members.find((each) => each.name === name);
    return found === undefined ? [] : [{ branch, found }];
  });
}

/** All values of a union's tag. */
function valuesOf({ variants }: ObjectType): readonly { readonly name: string }[] {
  return variants?.tag.type.kind === "enum" ? variants.tag.type.members : [];
}

/**
 * Which of the new members are old ones under another name: of the same type, optional or not alike.
 * Where there are several, those go together whose names are near, and of what is then left the one
 * with the one.
 */
function findRenames(
  gone: readonly ObjectMember[],
  fresh: readonly ObjectMember[],
): ReadonlyMap<ObjectMember, ObjectMember> {
  const found = new Map<ObjectMember, ObjectMember>();
  if (gone.length === 0 || fresh.length === 0 || gone.length * fresh.length > 10_000) return found;
  const alike = (a: ObjectMember, b: ObjectMember): boolean =>
    a.optional === b.optional &&
    (a.condition === undefined) === (b.condition === undefined) &&
    sameShape(a.type, b.type);
  const left = new Set(fresh);
  for (const from of gone) {
    const candidates = [...left].filter((to) => alike(from, to));
    const [name] = nearest(
      from.name,
      candidates.map((to) => to.name),
      1,
    );
    const to = candidates.find((each) => each.name === name);
    if (to === undefined) continue;
    found.set(from, to);
    left.delete(to);
  }
  const rest = gone.filter((member) => !found.has(member));
  for (const from of rest) {
    const candidates = [...left].filter((to) => alike(from, to));
    const [to] = candidates;
    if (to === undefined || candidates.length > 1) continue;
    if (rest.filter((other) => alike(other, to)).length > 1) continue;
    found.set(from, to);
    left.delete(to);
  }
  return found;
}

function renamed(from: ObjectMember, to: ObjectMember): LocalChange {
  return localChange("member-renamed", from, to, {
    step: `/${from.name}`,
    in: { why: `QEMU refuses the old name; it looks as if it were called '${to.name}' now` },
    out: { why: `the old name does not come any more; it looks as if it were called '${to.name}' now` },
    removal: true,
    fields: { member: from.name, to: to.name },
  });
}

function removedMember(member: ObjectMember): LocalChange {
  return localChange("member-removed", member, undefined, {
    step: `/${member.name}`,
    out: member.optional ? { why: "it does not come any more, if it ever came" } : {},
    fields: { member: member.name, ...conditionField("oldCondition", member) },
  });
}

function addedMember(member: ObjectMember): LocalChange {
  const { condition, optional } = member;
  // Where nobody can know whether it is asked for, nobody is promised that it is not.
  const asked: EffectOverride =
    condition === undefined
      ? {}
      : {
          wire: "dangerous",
          why: `QEMU refuses what lacks it, in builds with ${conditionWords(condition)}`,
          code: "ok",
        };
  return localChange(optional ? "arg-added-optional" : "arg-added-mandatory", undefined, member, {
    step: `/${member.name}`,
    in: optional ? {} : asked,
    fields: {
      member: member.name,
      optional,
      type: typeText(member.type),
      features: member.features.map(({ name }) => name),
      ...conditionField("newCondition", member),
    },
  });
}

/** Whether a value has a type of its own, though one without members: those come and go one by one. */
function hasBranch(branch: Branch | undefined, moved: ReadonlySet<string>): boolean {
  if (branch?.explicit !== true) return false;
  return moved.size === 0 || !isEmpty(branch.type, moved);
}

/** Whether a value of the tag is one that a member takes. */
function valueTest(tag: ObjectMember | undefined): (name: string) => boolean {
  if (tag === undefined) return () => false;
  if (tag.type.kind !== "enum") return () => jsonClass(tag.type) === "string";
  const values = new Set(tag.type.members.map(({ name }) => name));
  return (name) => values.has(name);
}

function isEmpty(type: ObjectType, except: ReadonlySet<string>): boolean {
  return type.variants === undefined && type.members.every(({ name }) => except.has(name));
}

function valuePledge(tag: ObjectMember | undefined, name: string): Pledge {
  if (tag?.type.kind !== "enum") return "firm";
  return pledgeOf(tag.type.members.find((value) => value.name === name)?.features ?? []);
}

/** @param known whether a member was common before */
function addedBranch(
  branch: Branch,
  hadValue: boolean,
  empty: boolean,
  known: (member: string) => boolean,
): LocalChange {
  const asked = branch.type.members.filter(
    ({ name, optional, condition }) => !optional && condition === undefined && !known(name),
  );
  const breaks = hadValue && asked.length > 0;
  const list = asked.map(({ name }) => `'${name}'`).join(", ");
  return localChange("branch-added", undefined, branch, {
    step: `/+${branch.name}`,
    in: breaks
      ? { why: `QEMU refuses '${branch.name}' without ${list}` }
      : { wire: "ok", code: "ok", why: hadValue ? "all of it may be left out" : "nobody sends it yet" },
    out: empty ? { code: "ok" } : {},
    fields: { branch: branch.name, empty },
  });
}

function removedBranch(branch: Branch, hasValue: boolean, empty: boolean, pledge: Pledge): LocalChange {
  const nothing: EffectOverride = { wire: "note", code: "ok", why: "it had no members" };
  const lost = hasValue
    ? {}
    : { wire: "note" as const, why: "neither its value nor its members come any more" };
  return localChange("branch-removed", branch, undefined, {
    step: `/+${branch.name}`,
    in: empty ? nothing : {},
    out: empty ? nothing : lost,
    pledge,
    fields: { branch: branch.name, empty, ...conditionField("oldCondition", branch) },
  });
}
