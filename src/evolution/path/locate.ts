import type { PathQuery, PathStep } from "./path-query.js";
import type { SchemaView } from "./schema-view.js";

/** What stands at a path. */
interface Located<T = unknown> {
  /** The type there; absent after a feature, a value or a type's name. */
  readonly type?: T;
  /** Of the last step: those of a command, an event, a member, a value, else of the type. */
  readonly features: readonly string[];
  /** Whether a member may be left out; absent for what is no member. */
  readonly optional?: boolean;
}

/** Alternates within alternates do not end in data from elsewhere: no path needs more. */
const DEEPEST = 1000;

/** What stands at a path in a schema; undefined where there is nothing. */
export function locate<T>(view: SchemaView<T>, { root, steps }: PathQuery): Located<T> | undefined {
  const entry = view.entry(root);
  if (entry === undefined) return undefined;
  const [first] = steps;
  if (first === undefined) return { features: entry.features };
  if (first.kind === "feature") return entry.features.includes(first.name) ? none : undefined;
  const isReturn = first.name === "ret-type";
  if (isReturn && entry.kind === "event") return undefined;
  const type = isReturn ? entry.returns : entry.arguments;
  // Introspection has an empty object for nothing.
  if (type === undefined) return steps.length === 1 ? none : undefined;
  return new Walk(view, steps).from(type, 1, none, 0);
}

const none: Located<never> = { features: [] };

class Walk<T> {
  constructor(
    private readonly view: SchemaView<T>,
    private readonly steps: readonly PathStep[],
  ) {}

  /** @param here what the steps before have led to */
  from(type: T, at: number, here: Located, depth: number): Located<T> | undefined {
    const step = this.steps[at];
    if (step === undefined) return { ...here, type };
    if (depth > DEEPEST) return undefined;
    if (step.kind === "feature" && here.features.includes(step.name)) return none;
    const { features, json, element, alternatives, values, members, branches } = this.view.type(type);
    // Lists have no features: those are their elements'.
    if (step.kind === "feature" && element === undefined)
      return features.includes(step.name) ? none : undefined;
    if (step.kind === "type" && step.name === json) return none;
    if (element !== undefined) return this.from(element, at, here, depth + 1);
    for (const each of alternatives ?? []) {
      const found = this.from(each, at, here, depth + 1);
      if (found !== undefined) return found;
    }
    switch (step.kind) {
      case "value":
        return this.value(values?.get(step.name), at);
      case "branch": {
        const branch = branches?.get(step.name);
        return branch && this.from(branch, at + 1, none, depth + 1);
      }
      case "member":
      case "optional": {
        const member = members?.get(step.name);
        if (member === undefined || (step.kind === "optional" && !member.optional)) return undefined;
        const { features: marks, optional } = member;
        return this.from(member.type, at + 1, { features: marks, optional }, depth + 1);
      }
      default:
        return undefined;
    }
  }

  private value(features: readonly string[] | undefined, at: number): Located<T> | undefined {
    if (features === undefined) return undefined;
    const next = this.steps[at + 1];
    if (next === undefined) return { features };
    return next.kind === "feature" && features.includes(next.name) ? none : undefined;
  }
}
