import type { ObjectMember, ObjectType } from "../../qapi/schema/model.js";
import { groupBy } from "../../util/lists.js";

/**
 * An object type as one finds it in a document: members of bases and enclosing branches drawn
 * into one list, so that each shape is closed by itself.
 */
export interface Shape {
  readonly members: readonly ObjectMember[];
  /** What the tags of the unions around this shape must be for it to apply, by member name. */
  readonly tags: ReadonlyMap<string, readonly string[]>;
  /** Where a tag decides which further members there are. */
  readonly union?: UnionShape;
}

interface UnionShape {
  readonly tag: string;
  readonly branches: readonly BranchShape[];
}

/** Tag values that bring the same members, and the shape with those members. */
interface BranchShape {
  readonly values: readonly string[];
  readonly shape: Shape;
}

/** The shape of an object type. Conditions count as met. */
export function shapeOf(type: ObjectType): Shape {
  return extend({ members: [], tags: new Map() }, type);
}

/** The shapes without unions that a shape can take on, in the schema's order. */
export function leavesOf(shape: Shape): Shape[] {
  return shape.union === undefined
    ? [shape]
    : shape.union.branches.flatMap((branch) => leavesOf(branch.shape));
}

function extend(outer: Shape, type: ObjectType): Shape {
  const members = [...outer.members, ...type.members];
  const { tags } = outer;
  if (type.variants === undefined) return { members, tags };
  const tag = type.variants.tag.name;
  const branches = [...groupBy(type.variants.branches, ({ type }) => type)].map(([branch, alike]) => {
    const values = alike.map(({ name }) => name);
    return { values, shape: extend({ members, tags: new Map(tags).set(tag, values) }, branch) };
  });
  return { members, tags, union: { tag, branches } };
}
