import type { Span } from "../../diagnostic/source.js";
import { cName } from "../check/names.js";
import type { UnionDefinition } from "../check/definition.js";
import type { DefinitionDraft, ObjectDraft } from "./drafts.js";
import type { Branch, ObjectMember, ObjectType } from "./model.js";
import { Nesting } from "./nesting.js";
import { withBases } from "./object-type.js";

/** A member's name and place, and the name of the type that has it. */
type OwnedMember = Pick<ObjectMember, "name" | "span"> & { readonly owner: string };

/** Where clashes are reported. */
interface ClashReports {
  /** Whether further ones are dropped. */
  readonly isFull: boolean;
  reportClash(union: UnionDefinition, role: "member", one: OwnedMember, other: OwnedMember, at: Span): void;
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
    const common = new Map<string, OwnedMember>();
    for (const { name: owner, localMembers } of withBases(entity)) {
      this.steps++;
      for (const { name, span } of localMembers) common.set(cName(name), { name, span, owner });
    }
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
          reports.reportClash(union, "member", { ...member, owner }, other, branch.span ?? union.span);
        }
      }
      push(type.variants?.branches, branch);
    }
  }
}
