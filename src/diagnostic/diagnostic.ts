import type { ProblemCode } from "./catalogue/index.js";
import type { Includes, Span } from "./source.js";

/** A second place that helps to understand a problem, such as that of a previous definition. */
export interface Note {
  readonly message: string;
  readonly span: Span;
  /** The definition around `span`; given only where QEMU prints the note too, below its message. */
  readonly within?: Within;
}

/** The definition that QEMU names in its `In struct 'Foo':` line. */
export interface Within {
  /** `struct`, `enum`, `command` and so on. */
  readonly meta: string;
  readonly name: string;
}

/** What QEMU prints of a problem. */
export type QemuAnswer = Pick<Diagnostic, "message" | "anchor" | "place" | "within" | "notes">;

/** A problem as data; the renderers turn it into text. */
export interface Diagnostic {
  /** Names the kind of problem; never changes its meaning. */
  readonly code: ProblemCode;
  readonly severity: "error";
  /** What is wrong, in QEMU's words where these are plain, without place. May hold line ends. */
  readonly message: string;
  /** What QEMU says, where that is something else. */
  readonly qemu: QemuAnswer | undefined;
  /** What to mark: as narrow as is known. */
  readonly span: Span;
  /** Where QEMU says the problem is; its start counts. Often the start of the whole definition. */
  readonly anchor: Span;
  /** How much of the anchor QEMU names; see `ProblemKind.place`. */
  readonly place: "column" | "line" | "none";
  /** Whether lenient doc rules let it pass. */
  readonly lenient: boolean;
  readonly within: Within | undefined;
  readonly notes: readonly Note[];
  /** How the files were reached that the places are in. */
  readonly includes: Includes;
  /** Advice, one sentence each, such as a suggestion. Not part of what QEMU says. */
  readonly help: readonly string[];
}
