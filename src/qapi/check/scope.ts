import type { ProblemCode, ProblemParameters } from "../../diagnostic/catalogue/index.js";
import type { Within } from "../../diagnostic/diagnostic.js";
import type { Problems } from "../../diagnostic/problems.js";
import type { Span } from "../../diagnostic/source.js";
import type { Pragma } from "../ast/document.js";

/** One definition while its rules run: the settings they read, and a place for their problems. */
export class DefinitionScope {
  constructor(
    readonly pragma: Pragma,
    private readonly problems: Problems,
    private readonly anchor: Span,
    /** The definition's name, once it is known; before that, that of another on the same line. */
    public within: Within | undefined,
  ) {}

  /** Reports a problem of this definition, marking the span; `help` is advice beyond QEMU's words. */
  report<C extends ProblemCode>(
    code: C,
    span: Span,
    parameters: ProblemParameters<C>,
    help: readonly string[] = [],
  ): void {
    this.problems.report(code, span, parameters, { anchor: this.anchor, within: this.within, help });
  }
}
