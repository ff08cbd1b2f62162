import type { Schema } from "../qapi/schema/model.js";
import { groupBy } from "../util/lists.js";
import type { Change } from "./change.js";
import { createPairGraph } from "./compare/pair-graph.js";
import type { LocalChange, PairNode, Pledge } from "./compare/pair-node.js";
import { comparePaths, type DeepPath, flowsOf, type Reach, reachOf, weaker } from "./compare/reach.js";
import { type ChangeLevel, changeLevels, type Flow, milder, worse } from "./level.js";
import { changeRules, type ChangeRule } from "./rules.js";

/** What is compared beside what goes over the wire. */
export interface CompareOptions {
  /** Also the types that no command or event reaches: programs may use them by their names. */
  readonly unreached?: boolean;
}

/** Whether a schema is what a QEMU told of itself. Such a schema has no widths, names, files and conditions. */
export function isIntrospection(schema: Schema): boolean {
  return schema.definitions.has("integer");
}

/**
 * Everything that changed from one schema to another, each change once, the worst first.
 *
 * Structure is compared, from commands and events on; names of types are not. Of two schemas of which
 * one is a QEMU's introspection, only what both can say is compared.
 */
export function compareSchemas(
  old: Schema,
  next: Schema,
  { unreached = false }: CompareOptions = {},
): Change[] {
  const introspected = { old: isIntrospection(old), next: isIntrospection(next) };
  const sources = !introspected.old && !introspected.next;
  const nodes = createPairGraph(old, next, { sources, unreached: unreached && sources });
  const found = [...group(nodes).values()].map((places) =>
    new ChangeInPlaces(places, introspected.next).change(),
  );
  return found.sort(
    (a, b) =>
      changeLevels.indexOf(a.level) - changeLevels.indexOf(b.level) ||
      compareText(a.path, b.path) ||
      compareText(a.id, b.id),
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface Place {
  readonly change: LocalChange;
  readonly node: PairNode;
}

/** The places of each change: a member that several types take from their base changes once. */
function group(nodes: readonly PairNode[]): Map<string, Place[]> {
  const ids = new Map<object | undefined, number>();
  const idOf = (item: object | undefined): number => {
    const id = ids.get(item) ?? ids.size;
    ids.set(item, id);
    return id;
  };
  const places = nodes.flatMap((node) => node.changes.map((change): Place => ({ change, node })));
  return groupBy(places, ({ change }) =>
    [change.id, idOf(change.old), idOf(change.next), change.detail].join(" "),
  );
}

/** A way to a changed thing. */
interface Way extends DeepPath {
  readonly name: string;
  readonly pledge: Pledge;
}

/** What a change means for one direction, all its places together. */
interface FlowVerdict {
  readonly flow: Flow;
  readonly ways: ReadonlyMap<string, Way>;
  readonly wire: ChangeLevel;
  readonly code: ChangeLevel;
  readonly why: string;
}

class ChangeInPlaces {
  private readonly reaches: readonly (readonly Reach[])[];

  constructor(
    private readonly places: readonly Place[],
    /** Whether NEW is what one build of QEMU has. */
    private readonly oneBuild: boolean,
  ) {
    this.reaches = places.map(({ node }) => reachOf(node));
  }

  change(): Change {
    const [{ change }] = this.places as readonly [Place, ...Place[]];
    const verdicts = (["in", "out"] as const).flatMap((flow) => this.verdict(flow) ?? []);
    const level = verdicts.map(({ wire }) => wire).reduce(worse, "ok");
    const concerned = verdicts.filter(({ wire }) => level === "ok" || level === "note" || isHarm(wire));
    const paths = verdicts
      .flatMap(({ ways }) => [...ways.values()])
      .sort(comparePaths)
      .map(({ path }) => path);
    const [path = change.step] = paths;
    const used = new Set(concerned.flatMap(({ ways }) => [...ways.keys()]).filter((name) => name !== ""));
    const onlyOut = verdicts.every(({ flow }) => flow === "out");
    const configured = this.oneBuild && change.removal && change.fields["oldCondition"] !== undefined;
    return {
      id: change.id.startsWith("arg-added") && onlyOut ? "member-added" : change.id,
      level: configured ? milder(level) : level,
      codeLevel: verdicts.map(({ code }) => code).reduce(worse, "ok"),
      direction: verdicts.length === 2 ? "both" : (verdicts[0]?.flow ?? "in"),
      path,
      alsoAt: [...new Set(paths)].filter((each) => each !== path),
      because: because(concerned, configured ? String(change.fields["oldCondition"]) : undefined),
      usedBy: [...used].sort(),
      reachedBy: { in: namesOf(verdicts, "in"), out: namesOf(verdicts, "out") },
      ...(change.removal && isRemoval(change) && { announced: this.announced() }),
      removal: change.removal,
      ...(configured && { configuration: true }),
      oldSpan: change.oldSpan ?? this.places[0]?.node.old?.span,
      newSpan: change.newSpan ?? this.places[0]?.node.next?.span,
      subject: change.old,
      within: this.places.flatMap(({ node }) => node.old ?? []),
      fields: change.fields,
    };
  }

  private verdict(flow: Flow): FlowVerdict | undefined {
    const ways = new Map<string, Way>();
    const pledges: Pledge[] = [];
    let judged: { wire: ChangeLevel; code: ChangeLevel; why: string } | undefined;
    this.places.forEach(({ change }, index) => {
      const reaches = (this.reaches[index] ?? []).filter(({ root }) => flowsOf(root).includes(flow));
      if (reaches.length === 0) return;
      for (const { root, path, depth, pledge: kept } of reaches) {
        pledges.push(weaker(kept, change.pledge));
        const name = root.kind === "type" ? "" : root.name;
        const known = ways.get(name);
        const here = { name, path: path + change.step, depth, pledge: kept };
        if (known === undefined || comparePaths(here, known) < 0) ways.set(name, here);
      }
      const rule: ChangeRule = changeRules[change.id];
      const effect = { ...rule[flow], ...change[flow] };
      if (judged === undefined || worse(judged.wire, effect.wire) !== judged.wire) judged = effect;
    });
    if (judged === undefined) return undefined;
    const { wire, code, why } = judged;
    // Nothing was promised of what is unstable.
    return {
      flow,
      ways,
      wire: pledges.every((pledge) => pledge === "unstable") ? milder(wire) : wire,
      code,
      why,
    };
  }

  private announced(): boolean {
    return this.places.every(
      ({ change }, index) =>
        change.pledge !== "firm" || (this.reaches[index] ?? []).every(({ pledge }) => pledge !== "firm"),
    );
  }
}

/** Removals of things, as opposed to those of marks and flags. */
function isRemoval({ id }: LocalChange): boolean {
  return /-(?:removed|renamed)$/.test(id);
}

function isHarm(level: ChangeLevel): boolean {
  return level === "breaking" || level === "dangerous";
}

function namesOf(verdicts: readonly FlowVerdict[], flow: Flow): readonly string[] {
  return verdicts
    .filter((each) => each.flow === flow)
    .flatMap(({ ways }) => [...ways.keys()])
    .filter((name) => name !== "")
    .sort();
}

/** "clients of A and B send this: …; clients of C read this: …". */
function because(verdicts: readonly FlowVerdict[], condition: string | undefined): string {
  const parts = verdicts.map(({ flow, ways, why }) => {
    const names = [...ways.keys()].filter((name) => name !== "").sort();
    if (names.length === 0) return `programs use this type: ${why}`;
    return `clients of ${listed(names)} ${flow === "in" ? "send" : "read"} this: ${why}`;
  });
  if (condition !== undefined) {
    parts.push(`or it is a matter of configuration: OLD has it in builds with ${condition} only`);
  }
  return parts.join("; ");
}

/** At most three names, and how many more. */
function listed(names: readonly string[]): string {
  if (names.length > 3) return `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}
