/** One schema file, or several by name with `schema.json` the main one. */
export type Example = string | { readonly "schema.json": string; readonly [path: string]: string };

/** What is known about a kind of problem: how to word it, and how to explain it. */
export interface ProblemKind {
  /** What is wrong, in QEMU's words where these are plain. */
  readonly message: (...parameters: never[]) => string;
  /** QEMU's words, where `message` says it better. */
  readonly qemuMessage?: (...parameters: never[]) => string;
  /**
   * How QEMU names the place: file, line and column (problems of syntax), file and line (problems
   * of meaning, the default), or not at all.
   */
  readonly place?: "column" | "line" | "none";
  /** Whether `docRules: "lenient"` lets it pass: doc prose that older QEMUs accepted. */
  readonly lenient?: true;
  /** For the reference page: a heading of a few words. */
  readonly title: string;
  /** For the reference page: why it is wrong and what to do, in Markdown. */
  readonly explanation: string;
  /** A schema whose first problem is this one; absent where no text can show it. */
  readonly bad?: Example;
  /** The same schema put right. */
  readonly good?: Example;
}

/** Kinds of problems by their codes. */
export type Catalogue = Readonly<Record<string, ProblemKind>>;
