import type { Branch, ObjectMember, ObjectType, Type } from "../../qapi/schema/model.js";
import { nearest } from "../../util/did-you-mean.js";
import { conditionText } from "../condition-order.js";
import { pledgeOf } from "./features.js";
import { jsonClass, typeText } from "./json-class.js";
import type { EffectOverride, LocalChange, Pledge } from "./pair-node.js";
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
  const before = byName(old.members);
  const after = byName(next.members);
  const oldBranches = byName(old.variants?.branches ?? []);
  const newBranches = byName(next.variants?.branches ?? []);
  const removed = old.members.filter(({ name }) => !after.has(name) && !context.nowCommon.has(name));
  const added = next.members.filter(({ name }) => !before.has(name) && !context.wereCommon.has(name));

  for (const member of old.members) {
    const same = after.get(member.name);
    if (same !== undefined) visitor.member(`/${member.name}`, member, same);
  }

  const toBranch = removed.filter((member) => moveToBranches(member, next, newBranches, visitor));
  const fromBranch = added.filter((member) => moveFromBranches(member, old, oldBranches, visitor));
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

  compareBranches(old, next, {
    oldBranches,
    newBranches,
    context: { nowCommon: names(fromBranch), wereCommon: names(toBranch) },
    commonBefore: before,
    commonNow: after,
    tagRenamed: isRenamed(old.variants?.tag, next.variants?.tag, renames),
    visitor,
  });
}

function byName<T extends { readonly name: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.name, item]));
}

function names(members: readonly ObjectMember[]): ReadonlySet<string> {
  return new Set(members.map(({ name }) => name));
}

function isRenamed(
  old: ObjectMember | undefined,
  next: ObjectMember | undefined,
  renames: ReadonlyMap<ObjectMember, ObjectMember>,
): boolean {
  for (const [from, to] of renames) if (from.name === old?.name && to.name === next?.name) return true;
  return false;
}

/** Whether a member that was common is in branches now; if so, it has been told. */
function moveToBranches(
  member: ObjectMember,
  next: ObjectType,
  branches: ReadonlyMap<string, Branch>,
  visitor: ObjectVisitor,
): boolean {
  const homes = [...branches.values()].flatMap((branch) => {
    const found = branch.type.members.find(({ name }) => name === member.name);
    return found === undefined ? [] : [{ branch, found }];
  });
  if (homes.length === 0) return false;
  const [first] = homes;
  for (const { branch, found } of homes) visitor.member(`/+${branch.name}/${member.name}`, member, found);
  // In every branch it is still there whatever the tag says.
  if (homes.length === valuesOf(next).length || first === undefined) return true;
  const where = homes.map(({ branch }) => branch.name);
  const tag = next.variants?.tag.name ?? "";
  visitor.change({
    id: "member-moved-to-branch",
    step: `/${member.name}`,
    old: member,
    next: first.found,
    detail: "",
    in: { why: `QEMU takes it only with '${tag}' ${where.join(", ")}` },
    out: { why: `it comes only with '${tag}' ${where.join(", ")}` },
    pledge: pledgeOf(member.features),
    removal: false,
    oldSpan: member.span,
    newSpan: first.found.span,
    fields: { member: member.name, branches: where },
  });
  return true;
}

/** Whether a member that is common now was in branches; what is new for the others has been told. */
function moveFromBranches(
  member: ObjectMember,
  old: ObjectType,
  branches: ReadonlyMap<string, Branch>,
  visitor: ObjectVisitor,
): boolean {
  const homes = [...branches.values()].flatMap((branch) => {
    const found = branch.type.members.find(({ name }) => name === member.name);
    return found === undefined ? [] : [{ branch, found }];
  });
  if (homes.length === 0) return false;
  for (const { branch, found } of homes) visitor.member(`/+${branch.name}/${member.name}`, found, member);
  if (homes.length !== valuesOf(old).length) visitor.change(addedMember(member));
  return true;
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
  return {
    id: "member-renamed",
    step: `/${from.name}`,
    old: from,
    next: to,
    detail: "",
    in: { why: `QEMU refuses the old name; it looks as if it were called '${to.name}' now` },
    out: { why: `the old name does not come any more; it looks as if it were called '${to.name}' now` },
    pledge: pledgeOf(from.features),
    removal: true,
    oldSpan: from.span,
    newSpan: to.span,
    fields: { member: from.name, to: to.name },
  };
}

function removedMember(member: ObjectMember): LocalChange {
  return {
    id: "member-removed",
    step: `/${member.name}`,
    old: member,
    next: undefined,
    detail: "",
    in: {},
    out: member.optional ? { why: "it does not come any more, if it ever came" } : {},
    pledge: pledgeOf(member.features),
    removal: true,
    oldSpan: member.span,
    newSpan: undefined,
    fields: { member: member.name, ...conditional(member, "oldCondition") },
  };
}

function addedMember(member: ObjectMember): LocalChange {
  const { condition } = member;
  // Where nobody can know whether it is asked for, nobody is promised that it is not.
  const asked: EffectOverride =
    condition === undefined
      ? {}
      : {
          wire: "dangerous",
          why: `QEMU refuses what lacks it, in builds with ${conditionText(condition)}`,
          code: "ok",
        };
  return {
    id: member.optional ? "arg-added-optional" : "arg-added-mandatory",
    step: `/${member.name}`,
    old: undefined,
    next: member,
    detail: "",
    in: member.optional ? {} : asked,
    out: {},
    pledge: "firm",
    removal: false,
    oldSpan: undefined,
    newSpan: member.span,
    fields: {
      member: member.name,
      optional: member.optional,
      type: typeText(member.type),
      features: member.features.map(({ name }) => name),
      ...conditional(member, "newCondition"),
    },
  };
}

function conditional(
  { condition }: Pick<ObjectMember, "condition">,
  key: string,
): Readonly<Record<string, string>> {
  return condition === undefined ? {} : { [key]: conditionText(condition) };
}

interface BranchComparison {
  readonly oldBranches: ReadonlyMap<string, Branch>;
  readonly newBranches: ReadonlyMap<string, Branch>;
  readonly context: BranchContext;
  readonly commonBefore: ReadonlyMap<string, ObjectMember>;
  readonly commonNow: ReadonlyMap<string, ObjectMember>;
  readonly tagRenamed: boolean;
  readonly visitor: ObjectVisitor;
}

function compareBranches(old: ObjectType, next: ObjectType, comparison: BranchComparison): void {
  const { oldBranches, newBranches, context, commonBefore, commonNow, tagRenamed, visitor } = comparison;
  const oldTag = old.variants?.tag;
  const newTag = next.variants?.tag;
  const tagChanged =
    oldTag !== undefined && newTag !== undefined && oldTag.name !== newTag.name && !tagRenamed;
  if (tagChanged) {
    visitor.change({
      id: "tag-changed",
      step: `/${oldTag.name}`,
      old: oldTag,
      next: newTag,
      detail: "",
      in: {},
      out: {},
      pledge: pledgeOf(oldTag.features),
      removal: false,
      oldSpan: oldTag.span,
      newSpan: newTag.span,
      fields: { from: oldTag.name, to: newTag.name },
    });
  }
  const hadValue = valueTest(oldTag ?? (newTag && commonBefore.get(newTag.name)));
  const hasValue = valueTest(newTag ?? (oldTag && commonNow.get(oldTag.name)));
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
      visitor.change(addedBranch(is, hadValue(name), nowEmpty, context, commonBefore));
    } else if (was !== undefined && (!wasEmpty || !hasValue(name))) {
      visitor.change(removedBranch(was, hasValue(name), wasEmpty, oldTag));
    }
  }
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

function addedBranch(
  branch: Branch,
  hadValue: boolean,
  empty: boolean,
  { wereCommon }: BranchContext,
  commonBefore: ReadonlyMap<string, ObjectMember>,
): LocalChange {
  const asked = branch.type.members.filter(
    ({ name, optional, condition }) =>
      !optional && condition === undefined && !wereCommon.has(name) && !commonBefore.has(name),
  );
  const breaks = hadValue && asked.length > 0;
  const list = asked.map(({ name }) => `'${name}'`).join(", ");
  return {
    id: "branch-added",
    step: `/+${branch.name}`,
    old: undefined,
    next: branch,
    detail: "",
    in: breaks
      ? { why: `QEMU refuses '${branch.name}' without ${list}` }
      : { wire: "ok", code: "ok", why: hadValue ? "all of it may be left out" : "nobody sends it yet" },
    out: empty ? { code: "ok" } : {},
    pledge: "firm",
    removal: false,
    oldSpan: undefined,
    newSpan: branch.span,
    fields: { branch: branch.name, empty },
  };
}

function removedBranch(
  branch: Branch,
  hasValue: boolean,
  empty: boolean,
  tag: ObjectMember | undefined,
): LocalChange {
  const value: Type | undefined = tag?.type;
  const features =
    value?.kind === "enum" ? (value.members.find(({ name }) => name === branch.name)?.features ?? []) : [];
  return {
    id: "branch-removed",
    step: `/+${branch.name}`,
    old: branch,
    next: undefined,
    detail: "",
    in: empty ? { wire: "note", code: "ok", why: "it had no members" } : {},
    out: empty
      ? { wire: "note", code: "ok", why: "it had no members" }
      : hasValue
        ? {}
        : { wire: "note", why: "neither its value nor its members come any more" },
    pledge: pledgeOf(features),
    removal: true,
    oldSpan: branch.span,
    newSpan: undefined,
    fields: { branch: branch.name, empty, ...conditional(branch, "oldCondition") },
  };
}
