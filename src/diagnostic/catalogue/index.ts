/**
 * Every kind of problem that a schema can have, one file per stage. The keys are the stable codes.
 */
import { docProblems } from "./doc.js";
import { expressionProblems } from "./expression.js";
import { hxProblems } from "./hx.js";
import { loadProblems } from "./load.js";
import type { Catalogue } from "./problem-kind.js";
import { parseProblems } from "./parse.js";
import { schemaProblems } from "./schema.js";

export const catalogue = {
  ...atColumn(parseProblems),
  ...loadProblems,
  ...docProblems,
  ...expressionProblems,
  ...schemaProblems,
  ...atColumn(hxProblems),
};

/** Problems of syntax, which all have a column. */
function atColumn<Kinds extends Catalogue>(kinds: Kinds): Kinds {
  const placed = Object.entries(kinds).map(([code, kind]) => [code, { ...kind, place: "column" }] as const);
  return Object.fromEntries(placed) as Kinds;
}

/** The stable name of a kind of problem. */
export type ProblemCode = keyof typeof catalogue;

/** What the message of a kind of problem is made from. */
export type ProblemParameters<C extends ProblemCode> = Parameters<(typeof catalogue)[C]["message"]>;
