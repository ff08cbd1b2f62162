import type { LayoutToken } from "./layout-tokens.js";
import { tokenPlaces } from "./token-tree.js";

/**
 * Line breaks made anew: the kind and name of a definition on its first line, each further key on one of
 * its own, members one a line unless there is but one. Enums and other lists are broken where they must.
 */
export function strictBreaks(tokens: readonly LayoutToken[]): boolean[] {
  const places = tokenPlaces(tokens);
  return tokens.map((token, index) => {
    if (token.kind === "comment") return token.startsLine;
    const { startsEntry, within } = places[index] ?? { startsEntry: false, within: undefined };
    if (!startsEntry || within === undefined || within.open === index - 1) return false;
    return within.kind === "object" && (within.depth === 0 || isMembers(tokens, within.open, within.depth));
  });
}

/** Whether an object holds members: it is the value of a definition's key, not an entry of a list. */
function isMembers(tokens: readonly LayoutToken[], open: number, depth: number): boolean {
  return depth === 1 && tokens[open - 1]?.text === ":";
}
