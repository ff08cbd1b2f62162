import type { ProblemParameters } from "../../diagnostic/catalogue/index.js";
import type { Note } from "../../diagnostic/diagnostic.js";
import type { Span } from "../../diagnostic/source.js";
import { cName } from "../check/names.js";
import type { UnionDefinition } from "../check/definition.js";
import { describeMember } from "./describe.js";
import type { DefinitionDraft, ObjectDraft } from "./drafts.js";
import type { Branch, ObjectMember, ObjectType } from "./model.js";
import { Nesting } from "./nesting.js";
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

/** So many types are looked at before it is found out which unions need no look: in most schemas, all. */
const FEW_STEPS = 50_000;

/**
 * No member of a branch, or of a branch of that, has the name of a common member (QEMU's
 * `check_clash` of branches). Where much is nested, only those unions look at it all in which a clash may be: in a
 * long chain of unions, or along one of bases, looking at all would take time by the square of its length.
 */
export class BranchClashes {
  private steps = 0;
  private nesting: Nesting | undefined;

  constructor(private readonly byName: ReadonlyMap<string, DefinitionDraft>) {}

  /** Reports the clashes of a union, all of whose branches are resolved. */
  check(reports: ClashReports, union: UnionDefinition, draft: ObjectDraft): void {
    const { entity } = draft;
    if (this.steps > FEW_STEPS) {
      this.nesting ??= new Nesting(this.byName);
      if (!this.nesting.mayClash(draft)) return;
    }
    const common = new Map<string, { readonly member: ObjectMember; readonly owner: string }>();
    for (const { name: owner, localMembers } of withBases(entity)) {
      this.steps++;
      for (const member of localMembers) common.set(cName(member.name), { member, owner });
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
      for (const { name: owner, localMembers } of withBases(type)) {
        this.steps++;
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
