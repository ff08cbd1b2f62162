import type { DocComment } from "../qapi/ast/doc.js";
import type { SourceFile, Span } from "../diagnostic/source.js";
import type { LevelScale } from "../findings/index.js";
import type { Compilation } from "../qapi/index.js";
import type { Definition, Schema } from "../qapi/schema/model.js";
import type { DocLine } from "./doc-lines.js";
import type { LintMemory } from "./lint-memory.js";
import type { ReleaseRecord } from "./release-record.js";

/** How bad a finding is. */
export type LintLevel = "error" | "warn" | "info";

/** The levels, the worst first, and what CI systems call them. */
export const lintScale: LevelScale<LintLevel> = [
  { level: "error", severity: "error" },
  { level: "warn", severity: "warning" },
  { level: "info", severity: "notice" },
];

/** A replacement in a file; offsets as in its text. */
export interface TextEdit {
  readonly at: Span;
  readonly text: string;
}

/** One place where a rule is broken. */
export type LintProblem = ProblemDetails & (PlacedProblem | DefinitionProblem);

interface PlacedProblem {
  readonly at: Span;
  /** The definition that it is in, if it is in one. */
  readonly definition?: Definition | undefined;
}

/** A problem of a definition as a whole. */
interface DefinitionProblem {
  readonly at?: undefined;
  readonly definition: Definition;
}

interface ProblemDetails {
  /** One sentence without a full stop. */
  readonly message: string;
  readonly help?: readonly string[];
  /** What mends it, without changing what the schema means. */
  readonly fix?: readonly TextEdit[];
  /** Whether it may well be meant so: told as `info`, unless somebody has set the rule's level. */
  readonly isMinor?: boolean;
}

/** Something that a definition's own documentation is about. */
export interface DocumentedDefinition {
  readonly definition: Definition;
  readonly doc: DocComment;
  /** The lines of the comment, marks off. */
  readonly lines: readonly DocLine[];
}

/** What a rule looks at: a schema that compiles, with its files. */
export interface LintContext {
  readonly schema: Schema;
  readonly compilation: Compilation;
  /** What is defined in files, in their order, without what is made up for it. */
  readonly definitions: readonly Definition[];
  readonly documented: readonly DocumentedDefinition[];
  /** Doc comments that document no definition, line by line. */
  readonly freeForm: readonly (readonly DocLine[])[];
  /** Commands, events, and the types that one of them reaches. */
  readonly reached: ReadonlySet<Definition>;
  readonly record: ReleaseRecord | undefined;
  readonly memory: LintMemory;
  /** Names that other schemas define, which documentation may speak of. */
  readonly foreignNames: ReadonlySet<string>;
  /**
   * Whether a file stands in the main file's folder or below it. Others are shared with another schema: one
   * cannot tell from here what is of no use, or not there, for that one.
   */
  readonly isOwn: (file: SourceFile) => boolean;
}

/** A rule: its id lasts, its examples are tested and make up its page. */
export interface LintRule {
  readonly id: string;
  /** The level it has where nobody says otherwise. */
  readonly level: LintLevel | "off";
  /** The level it gets when it is switched on without saying one. */
  readonly proposed: LintLevel;
  /** Why one should care, in a sentence or two. */
  readonly reason: string;
  /**
   * Whether its fixes change what documentation says, or where: they are safe, and a dump shows them. Others
   * leave a dump as it was.
   */
  readonly editsDocs?: boolean;
  /** A schema that breaks it, and one that does not. */
  readonly bad: string;
  readonly good: string;
  /** Set where it takes long, and looks at each documented definition by itself. */
  readonly isCostly?: boolean;
  readonly check: (context: LintContext) => Iterable<LintProblem>;
}

/** A rule or level that there is not. */
export class LintSettingError extends Error {
  override readonly name = "LintSettingError";
}
