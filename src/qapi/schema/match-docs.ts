import type { Problems } from "../../diagnostic/problems.js";
import type { Span } from "../../diagnostic/source.js";
import type { DocComment, DocSection } from "../ast/doc.js";
import type { Definition, Feature } from "../check/definition.js";
import type { Draft } from "./drafts.js";
import type { Resolution } from "./resolution.js";

/** A member, value or branch, which a doc comment is to describe. */
interface Describable {
  readonly name: string;
  readonly features?: readonly Feature[];
  readonly span: Span;
}

/** A definition's doc comment, and how far it has been held against the definition. */
class Matching {
  /** Descriptions of members, without those of what is there. */
  private readonly members = new Map<string, DocSection>();
  /** The same of features. */
  private features: Map<string, DocSection> | undefined;
  /** All that is described, by kind and name: a feature may be that of several members. */
  private described: Set<string> | undefined;
  private missing: Set<string> | undefined;

  /** @param doc the comment, until it is completed as written */
  constructor(public doc: DocComment) {
    for (const section of doc.sections) {
      if (section.name === undefined) continue;
      if (section.kind === "feature") (this.features ??= new Map()).set(section.name, section);
      else this.members.set(section.name, section);
    }
  }

  /** Whether the comment describes a member; if not, it gets an empty section. */
  connectMember(name: string): boolean {
    if (this.members.delete(name) || this.describes("member", name)) return true;
    (this.missing ??= new Set()).add(name);
    return false;
  }

  /** Whether the comment describes a feature. */
  connectFeature(name: string): boolean {
    return this.features?.delete(name) === true || this.describes("feature", name);
  }

  /** Sections that describe nothing that is there. */
  surplus(kind: "member" | "feature"): DocSection[] {
    const left = kind === "member" ? this.members : this.features;
    return left && left.size > 0 ? [...left.values()] : [];
  }

  private describes(kind: "member" | "feature", name: string): boolean {
    this.described ??= new Set(this.doc.sections.map((section) => `${section.kind} ${section.name ?? ""}`));
    return this.described.has(`${kind} ${name}`);
  }

  /** Gives each member that the comment does not describe an empty section. */
  complete(): DocComment {
    if (this.missing === undefined) return this.doc;
    const { symbol, sections, span } = this.doc;
    const stubs = [...this.missing].map(
      (name) => ({ kind: "member", name, heading: undefined, text: "", span }) as const,
    );
    const lastMember = sections.findLastIndex(({ kind }) => kind === "member");
    // The overview is always there, and always first.
    const after = Math.max(lastMember, 0) + 1;
    this.doc = { symbol, sections: [...sections.slice(0, after), ...stubs, ...sections.slice(after)], span };
    return this.doc;
  }
}

/** Holds doc comments against what they document (QEMU's `connect_doc` and `QAPIDoc.check`). */
export class DocMatcher {
  private readonly matchings = new Map<DocComment, Matching>();

  constructor(
    private readonly resolution: Resolution,
    private readonly problems: Problems,
  ) {}

  /** Looks for the descriptions of all that a definition has of its own, and reports those that lack. */
  connect(draft: Draft): void {
    if (draft.kind === "include" || draft.kind === "builtin" || draft.kind === "array") return;
    const { definition, entity } = draft;
    if (!definition || !entity.doc) return;
    const matching = new Matching(entity.doc);
    this.matchings.set(entity.doc, matching);
    this.connectFeatures(matching, definition, definition.features);
    switch (draft.kind) {
      case "enum":
        if (draft.definition)
          this.connectItems(matching, definition, definition, "value", draft.definition.values);
        break;
      case "object":
        this.connectImplicit(matching, definition, draft.entity.base?.name);
        this.connectItems(matching, definition, definition, "member", draft.members);
        break;
      case "alternate":
        this.connectItems(matching, definition, definition, "branch", draft.definition.branches);
        break;
      case "command":
      case "event":
        this.connectImplicit(matching, definition, draft.entity.arguments?.name);
    }
    entity.doc = matching.complete();
  }

  /** Reports descriptions of what is not there, comment by comment, and gives the completed comments. */
  finish(docs: readonly DocComment[]): readonly DocComment[] {
    return docs.map((doc) => {
      const matching = this.matchings.get(doc);
      if (!matching) return doc;
      this.reportSurplus("doc-member-surplus", matching.surplus("member"));
      this.reportSurplus("doc-feature-surplus", matching.surplus("feature"));
      return matching.doc;
    });
  }

  /** Members of an implicit object count for the definition that it was made for. */
  private connectImplicit(matching: Matching, documented: Definition, name: string | undefined): void {
    const draft = name === undefined ? undefined : this.resolution.byName.get(name);
    if (draft?.kind !== "object" || draft.entity.form !== "implicit" || !draft.definition) return;
    this.connectItems(matching, documented, draft.definition, "member", draft.members);
  }

  private connectItems(
    matching: Matching,
    documented: Definition,
    owner: Definition,
    role: "member" | "value" | "branch",
    items: readonly Describable[],
  ): void {
    const exempt = this.resolution.pragma.documentationExceptions.has(documented.name);
    for (const { name, features, span } of items) {
      if (!matching.connectMember(name) && !exempt) {
        this.resolution.report(owner, "doc-member-missing", span, [role, name]);
      }
      if (features) this.connectFeatures(matching, owner, features);
    }
  }

  private connectFeatures(matching: Matching, definition: Definition, features: readonly Feature[]): void {
    for (const { name, span } of features) {
      if (!matching.connectFeature(name))
        this.resolution.report(definition, "doc-feature-missing", span, [name]);
    }
  }

  private reportSurplus(
    code: "doc-member-surplus" | "doc-feature-surplus",
    sections: readonly DocSection[],
  ): void {
    const [first] = sections;
    if (first) this.problems.report(code, first.span, [sections.map(({ name }) => name ?? "")]);
  }
}
