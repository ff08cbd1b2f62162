import type { Span } from "../../diagnostic/source.js";
import type { Condition, Feature, Type } from "../../qapi/schema/model.js";
import { conditionWords } from "../condition-order.js";
import type { ChangeLevel, Direction } from "../level.js";
import type { ChangeId } from "../rules.js";

/** How firmly OLD promised something: a mark on it, or on what leads to it, takes that back. */
export type Pledge = "firm" | "deprecated" | "unstable";

/** What one change means in one direction; what is not given is as the rule says. */
export interface EffectOverride {
  readonly wire?: ChangeLevel;
  readonly code?: ChangeLevel;
  readonly why?: string;
}

/** A change as the comparison of two types finds it, before anything is known of who reaches them. */
export interface LocalChange {
  readonly id: ChangeId;
  /** What follows the pair's path: `/uri`, `/^raw`, or nothing. */
  readonly step: string;
  /** What changed, by identity: the same change found at two places is one change. */
  readonly old: object | undefined;
  readonly next: object | undefined;
  /** Tells changes of one thing apart. */
  readonly detail: string;
  readonly in: EffectOverride;
  readonly out: EffectOverride;
  /** Whether OLD took back its pledge for exactly this. */
  readonly pledge: Pledge;
  /** Whether something OLD had is not there any more. */
  readonly removal: boolean;
  readonly oldSpan: Span | undefined;
  readonly newSpan: Span | undefined;
  /** Further facts for machines. */
  readonly fields: Readonly<Record<string, string | boolean | readonly string[]>>;
}

/** What is shared by everything that may stand under a condition. */
export interface Placed {
  readonly condition: Condition | undefined;
  readonly features?: readonly Feature[];
  readonly span: Span | undefined;
}

/** How far what has these features is promised to stay. */
export function pledgeOf(features: readonly Feature[] = []): Pledge {
  if (features.some(({ name }) => name === "unstable")) return "unstable";
  return features.some(({ name }) => name === "deprecated") ? "deprecated" : "firm";
}

/**
 * A change of one thing, or of one that only `old` or only `next` has.
 *
 * @param more what is not as it is with most changes
 */
export function localChange(
  id: ChangeId,
  old: Placed | undefined,
  next: Placed | undefined,
  more: Partial<LocalChange> = {},
): LocalChange {
  return {
    id,
    step: "",
    old,
    next,
    detail: "",
    in: {},
    out: {},
    pledge: pledgeOf(old?.features),
    removal: next === undefined,
    oldSpan: old?.span,
    newSpan: next?.span,
    fields: {
      ...(old === undefined && next?.features && { features: next.features.map(({ name }) => name) }),
      ...(next === undefined && conditionField("oldCondition", old)),
    },
    ...more,
  };
}

/** A thing's condition as a further fact, where it has one. */
export function conditionField(key: string, of: Placed | undefined): Readonly<Record<string, string>> {
  return of?.condition === undefined ? {} : { [key]: conditionWords(of.condition) };
}

/** A way to a pair of types from a command, an event or another pair that uses it. */
interface ParentLink {
  readonly from: PairNode;
  /** `/member`, `/+branch`, or nothing for an alternative. */
  readonly step: string;
  /** How many types it goes through; lists, which a path does not show, count too. */
  readonly depth: number;
  readonly pledge: Pledge;
}

/** A command, event or unreached type as a place where paths begin. */
export interface Root {
  readonly name: string;
  readonly kind: "command" | "event" | "type";
  readonly flow: Direction;
  readonly path: string;
  readonly pledge: Pledge;
}

/** An old and a new type that stand at the same place. */
export interface PairNode {
  readonly old: Type | undefined;
  readonly next: Type | undefined;
  /** Set where paths begin. */
  readonly root: Root | undefined;
  readonly changes: LocalChange[];
  readonly parents: ParentLink[];
}
