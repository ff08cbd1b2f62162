import type { Definition, MemberDefinition, UnionDefinition } from "../check/definition.js";
import { describeDefinition, describeMember } from "./describe.js";
import type { ObjectDraft } from "./drafts.js";
import type { Branch, EnumType, ObjectMember, ObjectType } from "./model.js";
import { findMember, withBases } from "./object-type.js";
import type { Resolution } from "./resolution.js";

/**
 * Fill in an object, after those that it contains by base or branch (QEMU's
 * `QAPISchemaObjectType.check`). Chains of these can be long, so what is to be done waits on a list
 * of our own, not on the call stack.
 */
export function resolveObject(resolution: Resolution, draft: ObjectDraft): void {
  if (draft.state === "done") return;
  if (!draft.base && !draft.union) {
    const definition = open(resolution, draft);
    if (definition) close(resolution, definition, draft);
    return;
  }
  const waiting = [resolveSteps(resolution, draft)];
  for (let current = waiting.at(-1); current; current = waiting.at(-1)) {
    const step = current.next();
    if (step.done === true) waiting.pop();
    else waiting.push(resolveSteps(resolution, step.value));
  }
}

/** What resolves one object; yields each object that must have been resolved before it goes on. */
function* resolveSteps(resolution: Resolution, draft: ObjectDraft): Generator<ObjectDraft, void, undefined> {
  const definition = open(resolution, draft);
  if (!definition) return;
  const base = resolveBase(resolution, definition, draft);
  if (base) {
    yield base;
    // A base that is still open is one of a cycle.
    if (base.state === "done") draft.entity.base = base.entity;
    if (base.state !== "done" || base.incomplete) draft.incomplete = true;
  }
  close(resolution, definition, draft);
  if (!draft.union) return;
  draft.state = "open";
  yield* resolveUnion(resolution, draft.union, draft);
  draft.state = "done";
}

/** Begins with an object that was not begun with; one that was and is not done contains itself. */
function open(resolution: Resolution, draft: ObjectDraft): Definition | undefined {
  const { definition, entity, state } = draft;
  if (state === "done") return undefined;
  draft.state = definition ? "open" : "done";
  if (!definition) return undefined;
  if (state === "open") {
    resolution.report(definition, "object-contains-itself", definition.nameSpan, [entity.name]);
    return undefined;
  }
  // The features of an implicit object are those of no definition: it has none.
  if (entity.form !== "implicit") resolution.checkTypeFeatures(definition);
  return definition;
}

/** Fills in the members of an object, and is done with it, unless it has branches. */
function close(resolution: Resolution, definition: Definition, draft: ObjectDraft): void {
  const members: ObjectMember[] = [];
  for (const each of draft.members) {
    const member = resolveMember(resolution, definition, draft, each);
    if (member) members.push(member);
  }
  draft.entity.localMembers = members;
  draft.state = "done";
}

function resolveBase(
  resolution: Resolution,
  definition: Definition,
  draft: ObjectDraft,
): ObjectDraft | undefined {
  if (!draft.base) return undefined;
  const base = resolution.findOrReport(definition, "'base'", draft.base);
  if (base?.kind === "object" && !base.union) return base;
  draft.incomplete = true;
  if (base) {
    resolution.report(definition, "base-not-struct", draft.base.span, [describeDefinition(base.entity)]);
  }
  return undefined;
}

function resolveMember(
  resolution: Resolution,
  definition: Definition,
  draft: ObjectDraft,
  member: MemberDefinition,
): ObjectMember | undefined {
  const owner = draft.entity.name;
  const describe = (): string => describeMember("member", member.name, owner, definition.within);
  const type = resolution.findOrReport(definition, describe, member.type);
  resolution.reportClashes(definition, "feature", member.features, member.name);
  const earlier = resolution.memberClashes.get(member);
  if (earlier) {
    const other = { ...earlier, owner: resolution.ownerOf(earlier, draft) };
    resolution.reportClash(definition, "member", { ...member, owner }, other);
  }
  if (!type) {
    draft.incomplete = true;
    return undefined;
  }
  const { name, optional, condition, features, span } = member;
  return { name, type: type.entity, optional, condition, features, span };
}

/** The tag and branches of a union (QEMU's `QAPISchemaBranches.check`). */
function* resolveUnion(
  resolution: Resolution,
  union: UnionDefinition,
  draft: ObjectDraft,
): Generator<ObjectDraft, void, undefined> {
  const found = findTag(resolution, union, draft);
  if (!found) return;
  const { tag, values } = found;
  if (union.branches.length === 0 && values.members.length === 0) {
    resolution.report(union, "union-without-branches", union.nameSpan, []);
  }
  const branches: Branch[] = [];
  const valueNames = new Set(values.members.map(({ name }) => name));
  for (const { name, type: reference, condition, span } of union.branches) {
    const described = (): string => describeMember("branch", name, union.name, union.within);
    const type = resolution.findOrReport(union, described, reference);
    if (type && !valueNames.has(name)) {
      const help = resolution.advice(name, valueNames);
      resolution.report(union, "branch-not-value", span, [name, describeDefinition(values)], { help });
    } else if (type && type.kind !== "object") {
      resolution.report(union, "branch-type", reference.span, [described(), describeDefinition(type.entity)]);
    } else if (type) {
      yield type;
      // A branch that is still open is one of a cycle.
      if (type.state !== "done") continue;
      branches.push({ name, type: type.entity, condition, explicit: true, span });
    }
  }
  const empty = resolution.emptyObject;
  const written = new Set(union.branches.map(({ name }) => name));
  for (const { name, condition } of values.members) {
    if (!written.has(name)) branches.push({ name, type: empty, condition, explicit: false, span: undefined });
  }
  draft.entity.variants = { tag, branches };
  resolution.branchClashes.check(resolution, union, draft);
}

/** The member that picks the branch, and its enum; what keeps it from doing so is reported. */
function findTag(
  resolution: Resolution,
  union: UnionDefinition,
  draft: ObjectDraft,
): { readonly tag: ObjectMember; readonly values: EnumType } | undefined {
  const { name, span } = union.discriminator;
  const found = findMember(draft.entity, name);
  if (!found) {
    if (draft.incomplete) return undefined;
    const help = resolution.advice(name, memberNames(draft.entity));
    resolution.report(union, "discriminator-not-member", span, [name], { help });
    return undefined;
  }
  const { owner, member: tag } = found;
  const base = owner.form === "implicit" ? "'base'" : `base type '${owner.name}'`;
  const notes = [{ message: `'${name}' is here`, span: tag.span }];
  if (tag.type.kind !== "enum") {
    resolution.report(union, "discriminator-not-enum", span, [name, base], { notes });
    return undefined;
  }
  if (tag.optional) resolution.report(union, "discriminator-optional", span, [name, base], { notes });
  if (tag.condition !== undefined) {
    resolution.report(union, "discriminator-conditional", span, [name, base], { notes });
  }
  return { tag, values: tag.type };
}

function* memberNames(type: ObjectType): Generator<string, void, undefined> {
  for (const { localMembers } of withBases(type)) for (const { name } of localMembers) yield name;
}
