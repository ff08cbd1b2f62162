import type { ProblemCode, ProblemParameters } from "../../diagnostic/catalogue/index.js";
import type { Note } from "../../diagnostic/diagnostic.js";
import type { Problems } from "../../diagnostic/problems.js";
import type { Span } from "../../diagnostic/source.js";
import { invariant } from "../../util/invariant.js";
import { didYouMean } from "../../util/did-you-mean.js";
import type { Pragma } from "../ast/document.js";
import type { Definition, MemberDefinition, TypeReference } from "../check/definition.js";
import { BranchClashes } from "./branch-clashes.js";
import { type Definitions, specialFeatures } from "./define.js";
import { describeMember, type Role } from "./describe.js";
import { arrayName, type DefinitionDraft, isType, type ObjectDraft, type TypeDraft } from "./drafts.js";
import type { ObjectMember, ObjectType } from "./model.js";
import { findClashes, findMemberClashes } from "./name-clashes.js";

/** Beyond so many problems nobody reads advice, and looking for it costs time. */
const MOST_ADVISED = 20;

interface Named {
  readonly name: string;
  readonly span: Span;
}

/** A member, value, branch or feature, and the name of what has it; see {@link describeMember}. */
interface Owned extends Named {
  readonly owner: string;
}

/** What the rules of the schema stage share: all names, and a place for problems. */
export class Resolution {
  readonly byName: ReadonlyMap<string, DefinitionDraft>;
  /** The object without members. */
  readonly emptyObject: ObjectType;
  readonly branchClashes: BranchClashes;
  readonly memberClashes: ReadonlyMap<MemberDefinition, MemberDefinition>;
  private readonly conditional = new Map<ObjectType, ObjectMember | undefined>();

  constructor(
    definitions: Definitions,
    readonly pragma: Pragma,
    private readonly problems: Problems,
  ) {
    this.byName = definitions.byName;
    this.emptyObject = definitions.emptyObject;
    this.branchClashes = new BranchClashes(this.byName);
    this.memberClashes = findMemberClashes(this.byName);
  }

  /** The first conditional member of an object whose bases are resolved; many commands may have the same one. */
  conditionalMember(type: ObjectType): ObjectMember | undefined {
    const unknown: ObjectType[] = [];
    let each: ObjectType | undefined = type;
    for (; each && !this.conditional.has(each); each = each.base) unknown.push(each);
    let first = each && this.conditional.get(each);
    for (const heir of unknown.reverse()) {
      first ??= heir.localMembers.find(({ condition }) => condition !== undefined);
      this.conditional.set(heir, first);
    }
    return first;
  }

  /** Reports a problem of a definition; `span` is what to mark. */
  report<C extends ProblemCode>(
    { span: anchor, within }: Definition,
    code: C,
    span: Span,
    parameters: ProblemParameters<C>,
    { notes = [], help = [] }: { readonly notes?: readonly Note[]; readonly help?: readonly string[] } = {},
  ): void {
    this.problems.report(code, span, parameters, { anchor, within, notes, help });
  }

  /** Reports features, values or branches of one owner whose names are the same in C. */
  reportClashes(definition: Definition, role: Role, items: readonly Named[], owner = definition.name): void {
    // Most lists are of features, and empty.
    if (items.length < 2) return;
    for (const [item, other] of findClashes(items)) {
      this.reportClash(definition, role, { ...item, owner }, { ...other, owner });
    }
  }

  /** The features of a type: none twice, none of those that only members and commands can have. */
  checkTypeFeatures(definition: Definition): void {
    const { features } = definition;
    this.reportClashes(definition, "feature", features);
    const special = features.find(({ name }) => specialFeatures.has(name));
    if (special) this.report(definition, "feature-not-for-types", special.span, [special.name]);
  }

  /**
   * Reports two names that are the same in C (QEMU's `check_clash`).
   * @param at what to mark, if not the first; that is then noted, too
   */
  reportClash(definition: Definition, role: Role, one: Owned, other: Owned, at?: Span): void {
    const describe = ({ name, owner }: Owned): string => describeMember(role, name, owner, definition.within);
    const noted = at === undefined ? [other] : [one, other];
    const notes = noted.map((each) => ({ message: `${describe(each)} is here`, span: each.span }));
    this.report(definition, "name-clash", at ?? one.span, [describe(one), describe(other)], { notes });
  }

  /** Whether further problems are dropped. */
  get isFull(): boolean {
    return this.problems.full;
  }

  /** Advice on a name that is none of the candidates. */
  advice(name: string, candidates: Iterable<string>): readonly string[] {
    return this.problems.all.length < MOST_ADVISED ? didYouMean(name, candidates) : [];
  }

  /** The type that a reference names; a name that no type has is reported, `what` being the place of the reference. */
  findOrReport(
    definition: Definition,
    what: string | (() => string),
    reference: TypeReference,
  ): TypeDraft | undefined {
    const draft = this.byName.get(reference.array ? arrayName(reference.name) : reference.name);
    if (draft && isType(draft)) return draft;
    this.reportUnknownType(definition, typeof what === "string" ? what : what(), reference);
    return undefined;
  }

  /** The name of the object that a member was written in: the given one, or one of its bases. */
  ownerOf(member: MemberDefinition, heir: ObjectDraft): string {
    let owner = heir;
    while (!owner.members.includes(member)) {
      const base = owner.base && this.byName.get(owner.base.name);
      invariant(base?.kind === "object", "a member that clashes is of the object or of a base");
      owner = base;
    }
    return owner.entity.name;
  }

  /** Reports a name that no type has. */
  reportUnknownType(
    definition: Definition,
    what: string,
    { name, span }: Pick<TypeReference, "name" | "span">,
  ): void {
    this.report(definition, "type-unknown", span, [what, name], {
      help: this.advice(name, this.typeNames()),
    });
  }

  private *typeNames(): Generator<string> {
    for (const [name, draft] of this.byName) {
      if (isType(draft) && draft.kind !== "array" && !name.startsWith("q_")) yield name;
    }
  }
}
