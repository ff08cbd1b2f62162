import type { LayoutToken } from "./layout-tokens.js";

/** A bracket pair, as layout sees it. */
export interface Bracket {
  readonly kind: "object" | "list";
  /** Whether it is a type reference such as `['Node']`, which is written without blanks inside. */
  readonly isTypeReference: boolean;
  /** Where it opens, among the tokens. */
  readonly open: number;
  readonly depth: number;
}

/** What layout must know of a token's place in its expression. */
export interface TokenPlace {
  /** The bracket pair that the token stands in; for a bracket itself, the pair around its own. */
  readonly within: Bracket | undefined;
  /** The pair that it opens or closes. */
  readonly bracket: Bracket | undefined;
  /** Whether an entry of a list or an object begins with it. */
  readonly startsEntry: boolean;
}

/** Keys of a definition whose list holds names, conditions or members, and no type. */
const listKeys = new Set(["'data'", "'features'", "'all'", "'any'"]);

/** The place of each token of an expression that parses. */
export function tokenPlaces(tokens: readonly LayoutToken[]): TokenPlace[] {
  const stack: { readonly bracket: Bracket; key: string; isEmpty: boolean }[] = [];
  let last: LayoutToken | undefined;
  return tokens.map((token, index) => {
    const frame = stack.at(-1);
    const { text } = token;
    if (token.kind === "comment") return { within: frame?.bracket, bracket: undefined, startsEntry: false };
    const before = last;
    last = token;
    if (text === "}" || text === "]") {
      stack.pop();
      return { within: stack.at(-1)?.bracket, bracket: frame?.bracket, startsEntry: false };
    }
    const startsEntry = frame !== undefined && (before?.text === "," || frame.isEmpty) && text !== ",";
    if (frame !== undefined && startsEntry) {
      frame.isEmpty = false;
      if (frame.bracket.kind === "object") frame.key = text;
    }
    if (text !== "{" && text !== "[") return { within: frame?.bracket, bracket: undefined, startsEntry };
    const bracket: Bracket = {
      kind: text === "{" ? "object" : "list",
      isTypeReference:
        text === "[" && before?.text === ":" && isTypeReference(frame?.key ?? "", stack.length),
      open: index,
      depth: stack.length,
    };
    stack.push({ bracket, key: "", isEmpty: true });
    return { within: frame?.bracket, bracket, startsEntry };
  });
}

/**
 * A list as the value of a member is a type; so is that of `returns` and of a member's `type`. A pragma's
 * lists are found a level down as well, and hold names: their keys end in `exceptions`.
 */
function isTypeReference(key: string, depth: number): boolean {
  if (depth === 1) return key === "'returns'";
  return !listKeys.has(key) && !key.endsWith("exceptions'");
}
