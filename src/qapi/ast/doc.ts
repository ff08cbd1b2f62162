import type { Span } from "../../diagnostic/source.js";

/** What a section of a doc comment is about; `plain` sections carry no tag. */
export type DocSectionKind = "plain" | "member" | "feature" | "returns" | "errors" | "since" | "todo";

/** QEMU's word for each. */
export const sectionWords: Readonly<Record<DocSectionKind, string>> = {
  plain: "Plain",
  member: "Member",
  feature: "Feature",
  returns: "Returns",
  errors: "Errors",
  since: "Since",
  todo: "Todo",
};

/** A section of a doc comment: its text without the tag, the comment marks and blank edges. */
export interface DocSection {
  readonly kind: DocSectionKind;
  /** The member or feature described; only where `kind` is `member` or `feature`. */
  readonly name: string | undefined;
  /**
   * `Note`, `Notes`, `Example` or `Examples`: the tag of a section that QEMU has since given up.
   * Only under lenient doc rules, and only where `kind` is `plain`.
   */
  readonly heading: string | undefined;
  /** Lines end in `\n` except the last; indentation is as in the source. Made when asked for. */
  readonly text: string;
  /** Starts on the line of the tag, or on the first line of a plain section. */
  readonly span: Span;
}

/**
 * A `##` block. The first section is the overview, present even when empty; the others follow in
 * the order of the text.
 */
export interface DocComment {
  /** The definition documented (`@NAME:` on the first line); absent in free-form comments. */
  readonly symbol: string | undefined;
  readonly sections: readonly DocSection[];
  readonly span: Span;
}
