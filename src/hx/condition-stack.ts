import { parse } from "../../generated/grammar/hx.js";
import type { Problems } from "../diagnostic/problems.js";
import type { SourceFile, Span } from "../diagnostic/source.js";
import type { Condition } from "../util/condition.js";
import type { HxDirective } from "./ast/syntax.js";

/** How deep parentheses and negations may nest in one condition, and conditions in each other. */
const CONDITION_DEPTH_LIMIT = 100;

/** An `#if` that has not ended yet. */
interface Open {
  readonly span: Span;
  /** The conditions of its branches so far, `#else` aside; the last one is where we are. */
  readonly branches: Condition[];
  inElse: boolean;
}

/** Follows the preprocessor lines of a file, or of the inside of an entry. */
export class ConditionStack {
  private readonly open: Open[] = [];
  /** How many `#if`s beyond the limit are open. */
  private beyondLimit = 0;
  private known: { readonly condition: Condition | undefined } | undefined;

  constructor(
    private readonly source: SourceFile,
    private readonly problems: Problems,
  ) {}

  /** Goes past a preprocessor line. */
  apply(directive: HxDirective): void {
    const { keyword } = directive;
    const span = { file: this.source, start: directive.start, end: directive.start + 1 + keyword.length };
    this.known = undefined;
    switch (keyword) {
      case "if":
      case "ifdef":
      case "ifndef":
        this.enter(directive, span);
        return;
      case "elif":
      case "else":
        this.turn(directive, span);
        return;
      case "endif":
        this.leave(span);
        return;
      default:
        this.problems.report("hx-unknown-directive", span, [keyword]);
    }
  }

  /** The condition under which the place we are at is compiled; `undefined` if it always is. */
  get condition(): Condition | undefined {
    this.known ??= { condition: this.conjunction() };
    return this.known.condition;
  }

  /** Reports what is still open at the end. */
  end(): void {
    for (const { span } of this.open) this.problems.report("hx-unterminated-condition", span, []);
  }

  private enter(directive: HxDirective, span: Span): void {
    if (this.open.length === CONDITION_DEPTH_LIMIT) {
      if (this.beyondLimit++ === 0)
        this.problems.report("hx-condition-too-deep", span, [CONDITION_DEPTH_LIMIT]);
      return;
    }
    this.open.push({ span, branches: [this.read(directive, span)], inElse: false });
  }

  private turn(directive: HxDirective, span: Span): void {
    if (this.beyondLimit > 0) return;
    const last = this.open.at(-1);
    if (last === undefined || last.inElse) {
      this.problems.report("hx-unmatched-directive", span, [directive.keyword]);
    } else if (last.branches.length === CONDITION_DEPTH_LIMIT) {
      this.problems.report("hx-condition-too-deep", span, [CONDITION_DEPTH_LIMIT]);
    } else if (directive.keyword === "else") {
      last.inElse = true;
    } else {
      last.branches.push(this.read(directive, span));
    }
  }

  private leave(span: Span): void {
    if (this.beyondLimit > 0) this.beyondLimit--;
    else if (this.open.pop() === undefined) this.problems.report("hx-unmatched-directive", span, ["endif"]);
  }

  private read({ keyword, text }: HxDirective, span: Span): Condition {
    const isExpression = keyword === "if" || keyword === "elif";
    const condition = isExpression || /^[A-Za-z_]\w*$/.test(text) ? readCondition(text) : undefined;
    if (condition === undefined) {
      this.problems.report("hx-condition", span, [text]);
      return { all: [] };
    }
    return keyword === "ifndef" ? { not: condition } : condition;
  }

  private conjunction(): Condition | undefined {
    const parts = this.open.flatMap(({ branches, inElse }): Condition[] => {
      const failed = inElse ? branches : branches.slice(0, -1);
      const holding = inElse ? [] : branches.slice(-1);
      return [...failed.map((branch) => ({ not: branch })), ...holding];
    });
    return parts.length <= 1 ? parts[0] : { all: parts };
  }
}

/** Reads the expression of an `#if`; `undefined` if it is none, or too deep. `0` never holds, `1` always. */
function readCondition(text: string): Condition | undefined {
  if (depthOf(text) > CONDITION_DEPTH_LIMIT) return undefined; // The parser is recursive.
  try {
    return parse(text, { startRule: "Condition" });
  } catch {
    return undefined;
  }
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [sign] of text.matchAll(/\(|\)|(?:!\s*)+/g)) {
    if (sign === "(") depth++;
    else if (sign === ")") depth--;
    deepest = Math.max(deepest, depth, sign.startsWith("!") ? depth + sign.length : 0);
  }
  return deepest;
}
