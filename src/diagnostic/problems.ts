import { catalogue, type ProblemCode, type ProblemParameters } from "./catalogue/index.js";
import type { ProblemKind } from "./catalogue/problem-kind.js";
import type { Diagnostic, Note, Within } from "./diagnostic.js";
import type { SourceFile, Span } from "./source.js";

/**
 * Which doc comments pass: `strict` are the rules of QEMU 10.2.2; `lenient` lets the prose of older
 * schemas pass (see `ProblemKind.lenient`), all else as in strict.
 */
export type DocRules = "strict" | "lenient";

/** What a problem may carry beside its message and span. */
export interface ProblemDetails {
  /** Where QEMU says the problem is, if not at the start of the span. */
  readonly anchor?: Span;
  readonly within?: Within | undefined;
  readonly notes?: readonly Note[];
  readonly help?: readonly string[];
  /** Set where lenient doc rules read the text in another way, and find nothing wrong with it. */
  readonly lenient?: boolean;
}

/** So many problems are enough: nobody reads more, and memory stays bounded. */
export const PROBLEM_LIMIT = 500;

/**
 * Collects problems in the order in which they are reported. A stage reports what QEMU would
 * report first before anything else, so that the first of the list is QEMU's.
 */
export class Problems {
  private readonly list: Diagnostic[] = [];
  private readonly includes = new Map<SourceFile, Span>();

  constructor(readonly docRules: DocRules = "strict") {}

  /** Notes by which directive a file was reached. */
  noteInclude(file: SourceFile, directive: Span): void {
    this.includes.set(file, directive);
  }

  /** Adds problems that were found elsewhere, as far as there is room. */
  addAll(problems: readonly Diagnostic[]): void {
    for (const problem of problems) {
      if (this.full) return;
      this.list.push({ ...problem, includes: this.includes });
    }
  }

  /** Adds a problem, unless the doc rules let it pass or there are enough already. */
  report<C extends ProblemCode>(
    code: C,
    span: Span,
    parameters: ProblemParameters<C>,
    details: ProblemDetails = {},
  ): void {
    const kind: ProblemKind = catalogue[code];
    const lenient = kind.lenient ?? details.lenient ?? false;
    if (this.full || (lenient && this.docRules === "lenient")) return;
    const { place = "line", qemuMessage } = kind;
    const { anchor = span, within, notes = [], help = [] } = details;
    const said = { message: words(kind.message, parameters), anchor, place, within, notes };
    const qemu = qemuMessage && { ...said, message: words(qemuMessage, parameters) };
    this.list.push({ code, severity: "error", ...said, qemu, span, includes: this.includes, lenient, help });
  }

  /**
   * One problem in place of all so far, which it explains. QEMU, which does not know it, still says
   * what the first of them says.
   */
  replaceAll<C extends ProblemCode>(code: C, span: Span, parameters: ProblemParameters<C>): void {
    const [first] = this.list.splice(0);
    this.report(code, span, parameters);
    const [explanation] = this.list;
    if (first && explanation) this.list[0] = { ...explanation, qemu: first.qemu ?? first };
  }

  /** The problems so far. */
  get all(): readonly Diagnostic[] {
    return this.list;
  }

  /** Whether further problems are dropped; a stage may stop then. */
  get full(): boolean {
    return this.list.length >= PROBLEM_LIMIT;
  }
}

function words(message: ProblemKind["message"], parameters: readonly unknown[]): string {
  // eslint-disable-next-line no-restricted-syntax -- as many as the catalogue says, which is a few
  return (message as (...parameters: readonly unknown[]) => string)(...parameters);
}
