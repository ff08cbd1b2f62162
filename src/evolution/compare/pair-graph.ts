import type {
  AlternateType,
  Command,
  Definition,
  EnumType,
  Event,
  ObjectMember,
  ObjectType,
  Schema,
  Type,
} from "../../qapi/schema/model.js";
import { createEmptyObject } from "../../qapi/schema/builtins.js";
import { isEntry, isImplicit } from "../../qapi/schema/used-types.js";
import { append } from "../../util/lists.js";
import { compareConditions, conditionWords } from "../condition-order.js";
import { compareFeatures } from "./features.js";
import { compareObject, type BranchContext, noContext, type ObjectVisitor } from "./compare-object.js";
import { compareValue } from "./compare-value.js";
import { alternativeName, jsonClass, typeText } from "./json-class.js";
import {
  conditionField,
  localChange,
  type LocalChange,
  type PairNode,
  type Placed,
  type Pledge,
  pledgeOf,
  type Root,
} from "./pair-node.js";

/** What may be compared, given where the two schemas come from. */
interface Comparable {
  /** Both are sources: names, files and how commands are carried out count too. */
  readonly sources: boolean;
  /** Whether types that no command or event reaches are compared, which code may still use. */
  readonly unreached: boolean;
}

/** The argument of a command that takes none, the data of an event that has none. */
export const emptyObject: ObjectType = createEmptyObject();

/**
 * Compares two schemas: every pair of types that stand at the same place, from each command's
 * arguments, what it returns, and each event's data on. A pair that many commands reach is one node.
 * Names of types do not count.
 *
 * @returns every pair; the changes are in them
 */
export function createPairGraph(old: Schema, next: Schema, comparable: Comparable): readonly PairNode[] {
  return new PairGraph(comparable).build(old, next);
}

class PairGraph {
  private readonly nodes: PairNode[] = [];
  /** Pairs still to be compared: a list rather than recursion, since types nest without bound. */
  private readonly open: { readonly node: PairNode; readonly context: BranchContext }[] = [];
  private readonly known = new Map<Type, Map<Type, { context: BranchContext; node: PairNode }[]>>();
  /** Old types that have been met, for what is left over. */
  private readonly met = new Set<Type>();

  private mains = { old: "", next: "" };

  constructor(private readonly comparable: Comparable) {}

  /** Whether a definition stands in another file; the main files are one, whatever they are called. */
  private hasMoved(old: { readonly module: string }, next: { readonly module: string }): boolean {
    const isMain = old.module === this.mains.old && next.module === this.mains.next;
    return old.module !== next.module && !isMain;
  }

  build(old: Schema, next: Schema): readonly PairNode[] {
    this.mains = { old: mainModule(old), next: mainModule(next) };
    for (const definition of old.definitions.values()) {
      if (isEntry(definition)) this.entry(definition, like(next, definition));
    }
    for (const definition of next.definitions.values()) {
      if (isEntry(definition) && like(old, definition) === undefined) this.added(definition);
    }
    this.compareOpen();
    if (this.comparable.unreached) {
      for (const definition of old.definitions.values()) this.unreached(definition, next);
      this.compareOpen();
    }
    return this.nodes;
  }

  /** A command or event of OLD, and what it takes, carries and returns. */
  private entry(old: Command | Event, next: Command | Event | undefined): void {
    const { name, kind } = old;
    const flow = kind === "command" ? "in" : "out";
    const root = { name, kind, flow, pledge: pledgeOf(old.features) } as const;
    const node = this.root({ ...root, path: name });
    if (next === undefined) {
      node.changes.push(localChange(`${kind}-removed`, old, undefined));
      return;
    }
    append(node.changes, compareFeatures("", old, next));
    append(node.changes, condition("", old, next));
    if (this.comparable.sources && this.hasMoved(old, next)) node.changes.push(moved(old, next));
    if (old.kind === "command" && next.kind === "command") this.manners(node, old, next);
    const taken = this.root({ ...root, path: `${name}/arg-type` });
    this.pair(taken, "", old.arguments ?? emptyObject, next.arguments ?? emptyObject, "firm");
    if (old.kind === "command" && next.kind === "command")
      this.returns(this.root({ ...root, flow: "out", path: `${name}/ret-type` }), old, next);
  }

  private added(next: Command | Event): void {
    const { name, kind } = next;
    const flow = kind === "command" ? "in" : "out";
    const node = this.root({ name, kind, flow, path: name, pledge: "firm" });
    node.changes.push(localChange(`${kind}-added`, undefined, next));
  }

  /** Code uses types by their names, also those that nobody sends. */
  private unreached(old: Definition, next: Schema): void {
    if (old.kind !== "enum" && old.kind !== "object" && old.kind !== "alternate") return;
    if (this.met.has(old) || isImplicit(old)) return;
    const same = next.definitions.get(old.name);
    const root = { name: old.name, kind: "type", flow: "both", path: old.name, pledge: "firm" } as const;
    if (same === undefined || isEntry(same)) {
      const why = { why: "no type has this name any more" };
      this.root(root).changes.push(localChange("type-renamed", old, undefined, { in: why, out: why }));
      return;
    }
    this.value(this.root(root), "", old, same, [old, same], "firm");
  }

  private root(root: Root): PairNode {
    const node: PairNode = { old: undefined, next: undefined, root, changes: [], parents: [] };
    this.nodes.push(node);
    return node;
  }

  /** How a command is called, which introspection tells in part only. */
  private manners(node: PairNode, old: Command, next: Command): void {
    for (const { id, flag, told, gained } of manners) {
      if (old[flag] === next[flag] || (!told && !this.comparable.sources)) continue;
      const effects = old[flag] ? {} : gained;
      node.changes.push(localChange(id, old, next, { removal: old[flag], ...effects }));
    }
    if (this.comparable.sources && !old.gen && next.gen) {
      const why = "QEMU checks arguments by the schema now that it took as they were";
      const checked = { wire: "dangerous", code: "ok", why } as const;
      node.changes.push(localChange("type-changed", old, next, { step: "/arg-type", in: checked }));
    }
  }

  private returns(node: PairNode, old: Command, next: Command): void {
    const [was, is] = [old.returns, next.returns];
    if (was === undefined) {
      if (is === undefined) return;
      const isObject = jsonClass(is) === "object";
      node.changes.push(localChange(isObject ? "returns-added" : "returns-changed", old, next));
    } else if (is === undefined) {
      node.changes.push(localChange("returns-removed", old, next, { removal: true }));
    } else {
      const before = node.changes.length;
      this.value(node, "", was, is, [old, next], "firm");
      const change = node.changes[before];
      if (change?.id === "scalar-array" || change?.id === "type-kind-changed") {
        node.changes[before] = { ...change, id: "returns-changed" };
      }
    }
  }

  /** Compares what stands at one place, `of` being what has it: a member, a command, an alternative. */
  private value(
    from: PairNode,
    step: string,
    old: Type,
    next: Type,
    of: readonly [Placed, Placed],
    pledge: Pledge,
  ): void {
    const { change, pair } = compareValue(old, next);
    if (change !== undefined) {
      from.changes.push(
        localChange(change.id, of[0], of[1], {
          step,
          in: change.in ?? {},
          out: change.out ?? {},
          pledge,
          fields: { from: typeText(old), to: typeText(next) },
        }),
      );
    }
    if (pair !== undefined && hasParts(pair[0])) {
      this.pair(from, step, pair[0], pair[1], pledge, { depth: 1 + listDepth(old, next) });
    }
  }

  /** Links to the pair of two types, which is made when it is first met. */
  private pair(
    from: PairNode,
    step: string,
    old: Type,
    next: Type,
    pledge: Pledge,
    { context = noContext, depth = 1 }: { readonly context?: BranchContext; readonly depth?: number } = {},
  ): void {
    const to = this.nodeOf(old, next, context);
    to.parents.push({ from, step, depth, pledge });
  }

  private nodeOf(old: Type, next: Type, context: BranchContext): PairNode {
    const byNext = this.known.get(old) ?? new Map<Type, { context: BranchContext; node: PairNode }[]>();
    this.known.set(old, byNext);
    this.met.add(old);
    const nodes = byNext.get(next) ?? [];
    byNext.set(next, nodes);
    const found = nodes.find((each) => sameContext(each.context, context));
    if (found !== undefined) return found.node;
    const node: PairNode = { old, next, root: undefined, changes: [], parents: [] };
    nodes.push({ context, node });
    this.nodes.push(node);
    this.open.push({ node, context });
    return node;
  }

  private compareOpen(): void {
    for (let each = this.open.pop(); each !== undefined; each = this.open.pop()) {
      const { node, context } = each;
      const { old, next } = node;
      if (old === undefined || next === undefined) continue;
      if (old.kind !== "builtin" && next.kind !== "builtin" && !isImplicit(old) && !isImplicit(next)) {
        append(node.changes, compareFeatures("", old, next));
        if (this.comparable.sources) append(node.changes, names(old, next, this.hasMoved(old, next)));
      }
      if (old.kind === "object" && next.kind === "object") {
        compareObject(old, next, context, this.visitor(node));
      } else if (old.kind === "enum" && next.kind === "enum") {
        append(node.changes, compareEnums(old, next));
      } else if (old.kind === "alternate" && next.kind === "alternate") {
        this.alternates(node, old, next);
      }
    }
  }

  private visitor(node: PairNode): ObjectVisitor {
    return {
      change: (change) => node.changes.push(change),
      member: (step, old, next) => {
        this.member(node, step, old, next);
      },
      branch: (step, old, next, pledge, context) => {
        this.pair(node, step, old, next, pledge, { context });
      },
    };
  }

  private member(node: PairNode, step: string, old: ObjectMember, next: ObjectMember): void {
    const pledge = pledgeOf(old.features);
    append(node.changes, compareFeatures(step, old, next));
    append(node.changes, condition(step, old, next));
    const optional = optionality(step, old, next);
    if (optional !== undefined) node.changes.push(optional);
    this.value(node, step, old.type, next.type, [old, next], pledge);
  }

  private alternates(node: PairNode, old: AlternateType, next: AlternateType): void {
    const before = new Map(old.alternatives.map((each) => [jsonClass(each.type), each]));
    const after = new Map(next.alternatives.map((each) => [jsonClass(each.type), each]));
    for (const [kind, was] of before) {
      const is = after.get(kind);
      const step = `/!${alternativeName(was.type)}`;
      if (is === undefined) {
        const fields = { type: typeText(was.type) };
        node.changes.push(localChange("alternative-removed", was, undefined, { step, fields }));
      } else {
        append(node.changes, condition(step, was, is));
        const { change } = compareValue(was.type, is.type);
        // Paths go through an alternate as if it were not there.
        this.value(node, change === undefined ? "" : step, was.type, is.type, [was, is], "firm");
      }
    }
    for (const [kind, is] of after) {
      if (before.has(kind)) continue;
      const step = `/!${alternativeName(is.type)}`;
      const fields = { type: typeText(is.type) };
      node.changes.push(localChange("alternative-added", undefined, is, { step, fields }));
    }
  }
}

const works = { wire: "ok", code: "ok", why: "what worked goes on working" } as const;
const answers = { wire: "dangerous", code: "ok", why: "an answer comes that clients do not expect" } as const;

/** What a command may have or lack, whether introspection tells of it, and what it means that it has come. */
const manners = [
  { id: "allow-oob", flag: "allowOob", told: true, gained: { in: works } },
  { id: "allow-preconfig", flag: "allowPreconfig", told: false, gained: { in: works } },
  { id: "success-response", flag: "successResponse", told: false, gained: { in: answers, out: answers } },
] as const;

function like<T extends Definition>(schema: Schema, { name, kind }: T): T | undefined {
  const found = schema.definitions.get(name);
  return found?.kind === kind ? (found as T) : undefined;
}

/** How many lists two types are in alike. */
function listDepth(old: Type, next: Type): number {
  return old.kind === "array" && next.kind === "array" ? 1 + listDepth(old.element, next.element) : 0;
}

function hasParts({ kind }: Type): boolean {
  return kind !== "builtin" && kind !== "array";
}

function sameContext(a: BranchContext, b: BranchContext): boolean {
  const same = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
    one.size === other.size && [...one].every((name) => other.has(name));
  return same(a.nowCommon, b.nowCommon) && same(a.wereCommon, b.wereCommon);
}

function condition(step: string, old: Placed, next: Placed): LocalChange[] {
  const change = compareConditions(old.condition, next.condition);
  if (change !== "added" && change !== "narrowed") return [];
  const [was, is] = [old.condition, next.condition].map((each) =>
    each === undefined ? "none" : conditionWords(each),
  );
  const why = { why: `builds without ${is ?? ""} lack it` };
  const fields = { from: was ?? "", to: is ?? "" };
  const id = change === "added" ? "if-added" : "if-narrowed";
  return [localChange(id, old, next, { step, in: why, out: why, fields })];
}

function optionality(step: string, old: ObjectMember, next: ObjectMember): LocalChange | undefined {
  const made = (way: "mandatory" | "optional", more: Partial<LocalChange> = {}): LocalChange =>
    localChange(`member-made-${way}`, old, next, { step, fields: { member: old.name }, ...more });
  if (old.optional === next.optional) {
    // What only some builds had and asked for, all of them ask for now.
    const demanded = !old.optional && old.condition !== undefined && next.condition === undefined;
    return demanded ? made("mandatory") : undefined;
  }
  if (old.optional) return made("mandatory");
  if (old.condition === undefined || compareConditions(old.condition, next.condition) === "same")
    return made("optional");
  // Nobody could rely on what only some builds had.
  return made("optional", { out: { wire: "ok", code: "ok", why: "only some builds had it" } });
}

function compareEnums(old: EnumType, next: EnumType): LocalChange[] {
  const before = new Map(old.members.map((value) => [value.name, value]));
  const after = new Map(next.members.map((value) => [value.name, value]));
  return [
    ...old.members.flatMap((was) => {
      const is = after.get(was.name);
      const step = `/^${was.name}`;
      if (is !== undefined) return [...compareFeatures(step, was, is), ...condition(step, was, is)];
      const fields = { ...conditionField("oldCondition", was), value: was.name };
      return [localChange("enum-value-removed", was, undefined, { step, fields })];
    }),
    ...next.members
      .filter(({ name }) => !before.has(name))
      .map((is) => {
        const added = localChange("enum-value-added", undefined, is, { step: `/^${is.name}` });
        return { ...added, fields: { ...added.fields, value: is.name } };
      }),
  ];
}

/** What only generated code knows: the name of a type and the file it stands in. */
function names(
  old: Exclude<Type, { kind: "builtin" }>,
  next: Exclude<Type, { kind: "builtin" }>,
  hasMoved: boolean,
): LocalChange[] {
  const changes: LocalChange[] = [];
  if (old.name !== next.name) {
    const why = { why: `it is called ${next.name} now` };
    const fields = { from: old.name, to: next.name };
    changes.push(localChange("type-renamed", old, next, { in: why, out: why, fields }));
  }
  if (hasMoved) changes.push(moved(old, next));
  return changes;
}

/** The module of the main file, which comes first after the built-in one. */
function mainModule({ modules }: Schema): string {
  return modules[1]?.name ?? "";
}

function moved(
  old: Placed & { readonly module: string },
  next: Placed & { readonly module: string },
): LocalChange {
  const why = { why: `it stands in ${next.module} now` };
  const fields = { from: old.module, to: next.module };
  return localChange("definition-moved", old, next, { in: why, out: why, fields });
}
