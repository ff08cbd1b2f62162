import type { ProblemParameters } from "../../diagnostic/catalogue/index.js";
import type { Note } from "../../diagnostic/diagnostic.js";
import type { Span } from "../../diagnostic/source.js";
import { cName } from "../check/c-name.js";
import type { UnionDefinition } from "../check/definition.js";
import { describeMember } from "./describe.js";
import type { DefinitionDraft, ObjectDraft } from "./drafts.js";
import type { Branch, ObjectMember, ObjectType } from "./model.js";
import { withBases } from "./object-type.js";

/** Where clashes are reported. */
interface ClashReports {
  /** Whether further ones are dropped. */
  readonly isFull: boolean;
  report(
    definition: UnionDefinition,
    code: "name-clash",
    span: Span,
    parameters: ProblemParameters<"name-clash">,
    more: { readonly notes: readonly Note[] },
  ): void;
}

/** So many types are looked at before it is found out which need not be: in most schemas, all. */
const fewSteps = 50_000;

/**
 * No member of a branch, or of a branch of that, has the name of a common member (QEMU's
 * `check_clash` of branches). A union whose names nothing else in the schema has need not look at what
 * is nested in it: in a long chain of unions, looking at all would take time by the square of its length.
 */
export class BranchClashes {
  private steps = 0;
  private shared: ReadonlySet<string> | undefined;

  constructor(private readonly byName: ReadonlyMap<string, DefinitionDraft>) {}

  /** Reports the clashes of a union, all of whose branches are resolved. */
  check(reports: ClashReports, union: UnionDefinition, entity: ObjectType): void {
    const common = new Map<string, { readonly member: ObjectMember; readonly owner: string }>();
    for (const { name: owner, localMembers } of withBases(entity)) {
      for (const member of localMembers) common.set(cName(member.name), { member, owner });
    }
    if (this.steps > fewSteps) {
      this.shared ??= sharedNames(this.byName);
      if (![...common.keys()].some((name) => this.shared?.has(name))) return;
    }
    const describe = ({ name }: ObjectMember, owner: string): string =>
      describeMember("member", name, owner, union.within);
    const seen = new Set<ObjectType>();
    const agenda: { readonly type: ObjectType; readonly branch: Branch }[] = [];
    const push = (branches: readonly Branch[] = [], from?: Branch): void => {
      for (const branch of branches.toReversed()) agenda.push({ type: branch.type, branch: from ?? branch });
    };
    push(entity.variants?.branches);
    for (let next = agenda.pop(); next && !reports.isFull; next = agenda.pop()) {
      const { type, branch } = next;
      if (seen.has(type)) continue;
      seen.add(type);
      this.steps++;
      for (const { name: owner, localMembers } of withBases(type)) {
        for (const member of localMembers) {
          const other = common.get(cName(member.name));
          if (!other) continue;
          const described = [describe(member, owner), describe(other.member, other.owner)] as const;
          const notes = [
            { message: `${described[0]} is here`, span: member.span },
            { message: `${described[1]} is here`, span: other.member.span },
          ];
          reports.report(union, "name-clash", branch.span ?? union.span, [...described], { notes });
        }
      }
      push(type.variants?.branches, branch);
    }
  }
}

/**
 * The names of members that two types have, of the types that are unions or branches. Members of bases
 * count for each type that has the base.
 */
function sharedNames(byName: ReadonlyMap<string, DefinitionDraft>): Set<string> {
  const uses = new Map<ObjectDraft, number>();
  for (const type of unionsAndBranches(byName)) {
    // Where two types have been already, further ones change nothing, nor do they higher up.
    for (let each: ObjectDraft | undefined = type; each; each = objectNamed(byName, each.base?.name)) {
      const count = (uses.get(each) ?? 0) + 1;
      uses.set(each, count);
      if (count > 2) break;
    }
  }
  const once = new Set<string>();
  const shared = new Set<string>();
  for (const [{ members }, count] of uses) {
    for (const member of members) {
      const name = cName(member.name);
      if (count > 1 || once.has(name)) shared.add(name);
      once.add(name);
    }
  }
  return shared;
}

function unionsAndBranches(byName: ReadonlyMap<string, DefinitionDraft>): Set<ObjectDraft> {
  const found = new Set<ObjectDraft>();
  for (const draft of byName.values()) {
    if (draft.kind !== "object" || !draft.union) continue;
    found.add(draft);
    for (const { type } of draft.union.branches) {
      const branch = objectNamed(byName, type.name);
      if (branch) found.add(branch);
    }
  }
  return found;
}

function objectNamed(
  byName: ReadonlyMap<string, DefinitionDraft>,
  name: string | undefined,
): ObjectDraft | undefined {
  const draft = name === undefined ? undefined : byName.get(name);
  return draft?.kind === "object" ? draft : undefined;
}
