import type { Problems } from "../../diagnostic/problems.js";
import type { Span } from "../../diagnostic/source.js";
import type { DocComment, DocSection } from "../ast/doc.js";
import type { Definition, Feature } from "../check/definition.js";
import type { ArrayDraft, BuiltinDraft, DefinitionDraft, Draft } from "./drafts.js";
import type { Resolution } from "./resolution.js";

/** Members, values or branches that a doc comment is to describe, and the definition that has them. */
interface Describable {
  readonly definition: Definition;
  readonly role: "member" | "value" | "branch";
  readonly items: readonly {
    readonly name: string;
    readonly features?: readonly Feature[];
    readonly span: Span;
  }[];
}

type Documentable = Exclude<DefinitionDraft, BuiltinDraft | ArrayDraft>;

/** A definition's doc comment, and how far it has been held against the definition. */
class Matching {
  private readonly members = new Map<string, DocSection>();
  private readonly features = new Map<string, DocSection>();
  private readonly missing = new Set<string>();
  private readonly connected = new Set<DocSection>();

  /** @param doc the comment, until it is completed as written */
  constructor(public doc: DocComment) {
    for (const section of doc.sections) {
      if (section.name === undefined) continue;
      (section.kind === "feature" ? this.features : this.members).set(section.name, section);
    }
  }

  /** Whether the comment describes a member; if not, it gets an empty section. */
  connectMember(name: string): boolean {
    const section = this.members.get(name);
    if (section) this.connected.add(section);
    else this.missing.add(name);
    return section !== undefined;
  }

  /** Whether the comment describes a feature. */
  connectFeature(name: string): boolean {
    const section = this.features.get(name);
    if (section) this.connected.add(section);
    return section !== undefined;
  }

  /** Sections that describe nothing that is there. */
  surplus(): readonly DocSection[] {
    const described = this.members.size + this.features.size;
    if (this.connected.size === described) return [];
    return [...this.members.values(), ...this.features.values()].filter((each) => !this.connected.has(each));
  }

  /** Gives each member that the comment does not describe an empty section. */
  complete(): DocComment {
    if (this.missing.size === 0) return this.doc;
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
    for (const describable of this.describables(draft)) {
      for (const { name, features = [], span } of describable.items) {
        if (!matching.connectMember(name)) this.reportMissing(definition, describable, name, span);
        this.connectFeatures(matching, describable.definition, features);
      }
    }
    entity.doc = matching.complete();
  }

  /** Reports descriptions of what is not there, comment by comment, and gives the completed comments. */
  finish(docs: readonly DocComment[]): readonly DocComment[] {
    return docs.map((doc) => {
      const matching = this.matchings.get(doc);
      if (!matching) return doc;
      const surplus = matching.surplus();
      this.reportSurplus("doc-member-surplus", surplus, "member");
      this.reportSurplus("doc-feature-surplus", surplus, "feature");
      return matching.doc;
    });
  }

  /** What a definition has of its own: members of implicit objects made for it count. */
  private *describables(draft: Documentable): Generator<Describable> {
    switch (draft.kind) {
      case "enum":
        if (draft.definition) yield { definition: draft.definition, role: "value", items: draft.definition.values };
        break;
      case "object":
        yield* this.implicitMembers(draft.entity.base?.name);
        if (draft.definition) yield { definition: draft.definition, role: "member", items: draft.members };
        break;
      case "alternate":
        yield { definition: draft.definition, role: "branch", items: draft.definition.branches };
        break;
      case "command":
      case "event":
        yield* this.implicitMembers(draft.entity.arguments?.name);
    }
  }

  private *implicitMembers(name: string | undefined): Generator<Describable> {
    const draft = name === undefined ? undefined : this.resolution.byName.get(name);
    if (draft?.kind !== "object" || draft.entity.form !== "implicit" || !draft.definition) return;
    yield { definition: draft.definition, role: "member", items: draft.members };
  }

  private connectFeatures(matching: Matching, definition: Definition, features: readonly Feature[]): void {
    for (const { name, span } of features) {
      if (!matching.connectFeature(name)) this.resolution.report(definition, "doc-feature-missing", span, [name]);
    }
  }

  private reportMissing(documented: Definition, { definition, role }: Describable, name: string, span: Span): void {
    if (this.resolution.pragma.documentationExceptions.has(documented.name)) return;
    this.resolution.report(definition, "doc-member-missing", span, [role, name]);
  }

  private reportSurplus(
    code: "doc-member-surplus" | "doc-feature-surplus",
    surplus: readonly DocSection[],
    kind: DocSection["kind"],
  ): void {
    const sections = surplus.filter((section) => section.kind === kind);
    const [first] = sections;
    if (first) this.problems.report(code, first.span, [sections.map(({ name }) => name ?? "")]);
  }
}
