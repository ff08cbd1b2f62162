import type { LayoutToken } from "./layout-tokens.js";

/** A bracket pair, as layout sees it. */
export interface Bracket {
  readonly kind: "object" | "list";
  /** Whether it is a type reference such as `['Node']`, which is written without blanks inside. */
  readonly isTypeReference: boolean;
  /** Where it opens, among the tokens. */
  readonly open: number;
  /** How many entries it has. */
  readonly entries: number;
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
  const places: TokenPlace[] = [];
  const stack: { bracket: Mutable<Bracket>; key: string; isEmpty: boolean }[] = [];
  let last: LayoutToken | undefined;
  tokens.forEach((token, index) => {
    const frame = stack.at(-1);
    const { text } = token;
    if (token.kind === "comment") {
      places.push({ within: frame?.bracket, bracket: undefined, startsEntry: false });
      return;
    }
    if (text === "}" || text === "]") {
      const closed = stack.pop();
      places.push({ within: stack.at(-1)?.bracket, bracket: closed?.bracket, startsEntry: false });
      last = token;
      return;
    }
    const startsEntry = frame !== undefined && (last?.text === "," || frame.isEmpty) && text !== ",";
    if (frame !== undefined && startsEntry) {
      frame.isEmpty = false;
      frame.bracket.entries++;
      if (frame.bracket.kind === "object") frame.key = text;
    }
    if (text !== "{" && text !== "[") {
      places.push({ within: frame?.bracket, bracket: undefined, startsEntry });
      last = token;
      return;
    }
    const bracket: Mutable<Bracket> = {
      kind: text === "{" ? "object" : "list",
      isTypeReference: text === "[" && last?.text === ":" && isTypeReference(frame?.key ?? "", stack.length),
      open: index,
      entries: 0,
      depth: stack.length,
    };
    places.push({ within: frame?.bracket, bracket, startsEntry });
    stack.push({ bracket, key: "", isEmpty: true });
    last = token;
  });
  return places;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/**
 * A list as the value of a member is a type; so is that of `returns` and of a member's `type`. A pragma's
 * lists are found a level down as well, and hold names: their keys end in `exceptions`.
 */
function isTypeReference(key: string, depth: number): boolean {
  if (depth === 1) return key === "'returns'";
  return !listKeys.has(key) && !key.endsWith("exceptions'");
}
