/**
 * Layout: emitters compose documents from these builders, and lines are broken once, at the end.
 * What comes out is what prettier makes of it with its default options.
 */
import { containsBreak, type Doc, type Origin } from "./doc.js";

export type { Doc } from "./doc.js";

/** A space, or a line break where the group around it is broken. */
export const line: Doc = { kind: "line", flat: " " };
/** Nothing, or a line break where the group around it is broken. */
export const softline: Doc = { kind: "line", flat: "" };
/** A line break. */
export const hardline: Doc = { kind: "line", flat: undefined };
const breakParent: Doc = { kind: "breakParent" };

/** Stays on one line if it fits. */
export function group(contents: Doc, options: { readonly id?: symbol; readonly broken?: boolean } = {}): Doc {
  const broken = options.broken === true || containsBreak(contents);
  return { kind: "group", contents, broken, id: options.id, otherwise: undefined };
}

/** The lines that begin within are indented by one more step. */
export function indent(contents: Doc): Doc {
  return { kind: "indent", contents, ifBroken: undefined };
}

/** Something that is there only where the group around it is broken. */
export function ifBreak(contents: Doc): Doc {
  return { kind: "ifBreak", contents };
}

/** A comment of several lines. */
export function comment(lines: readonly string[]): Doc {
  return { kind: "comment", lines };
}

/** Marks what comes from a definition in the schema, for the map of lines. */
export function withOrigin(contents: Doc, origin: Origin): Doc {
  return { kind: "origin", contents, origin };
}

/** Items with a separator between them. */
export function join(separator: Doc, items: readonly Doc[]): Doc {
  const joined: Doc[] = [];
  for (const item of items) {
    if (joined.length > 0) joined.push(separator);
    joined.push(item);
  }
  return joined;
}

/** A body in braces, one item a line; without items `{}`. */
export function block(items: readonly Doc[]): Doc {
  return items.length === 0 ? "{}" : ["{", indent([hardline, join(hardline, items)]), hardline, "}"];
}

/** A list in brackets: on one line if it fits, else one item a line. */
export function list(items: readonly Doc[]): Doc {
  return items.length === 0 ? "[]" : enclosed("[", items, "]");
}

/** Arguments of a call, on one line if they fit, else one a line. */
export function callArguments(items: readonly Doc[]): Doc {
  return items.length === 0 ? "()" : enclosed("(", items, ")");
}

/** The type parameter list of a declaration. */
export function typeParameters(parameters: readonly string[]): Doc {
  return parameters.length === 0 ? "" : enclosed("<", parameters, ">");
}

function enclosed(open: string, items: readonly Doc[], close: string): Doc {
  return group([open, indent([softline, join([",", line], items)]), ifBreak(","), softline, close]);
}

/** Arguments of a generic type, which may have no comma after the last. */
export function typeArguments(items: readonly Doc[]): Doc {
  return group(["<", indent([softline, join([",", line], items)]), softline, ">"]);
}

/** An object literal or type: on one line if it fits, else one member a line. */
export function braces(members: readonly Doc[], separator: "," | ";"): Doc {
  if (members.length === 0) return "{}";
  return group(["{", indent([line, join([separator, line], members)]), ifBreak(separator), line, "}"]);
}

/**
 * A call whose last argument, a list, an object or a function that returns one, opens on the line
 * of the call.
 */
export function hug(callee: string, first: readonly Doc[], last: Doc, mustBreak: boolean): Doc {
  const before = first.map((argument): Doc => [argument, ", "]);
  const lastBroken = [callee, "(", ...before, group(last, { broken: true }), ")"];
  const allBroken = group(
    [callee, "(", indent([softline, join([",", line], [...first, last])]), ifBreak(","), softline, ")"],
    { broken: true },
  );
  if (mustBreak) return [breakParent, choice(lastBroken, [allBroken])];
  return choice([callee, "(", ...before, last, ")"], [lastBroken, allBroken]);
}

/** The first of several layouts that fits. */
function choice(contents: Doc, otherwise: readonly Doc[]): Doc {
  return { kind: "group", contents, broken: false, id: undefined, otherwise };
}

/** `left = right;`, with a break after the sign where `right` would not start on the line. */
export function assignment(left: Doc, right: Doc): Doc {
  const id = Symbol("assignment");
  const breakAfterSign = group(indent(line), { id });
  const indented: Doc = { kind: "indent", contents: group(right), ifBroken: id };
  return group([group(left), " =", breakAfterSign, indented, ";"]);
}

/** `left = right;`, where `left` is broken rather than anything after the sign. */
export function assignmentBrokenLeft(left: Doc, right: Doc): Doc {
  return group([left, " = ", group(right), ";"]);
}

/** `head = A | B;` */
export function unionAlias(head: Doc, members: readonly Doc[]): Doc {
  return group([group(head), " =", unionAfterSign(members), ";"]);
}

/** `key: A | B` of an object type or interface. */
export function property(key: string, members: readonly Doc[]): Doc {
  return group([key, ":", members.length > 1 ? unionAfterSign(members) : [" ", ...members]]);
}

/** A union on the line of the sign before it, or whole on the next line, or each member on its own. */
function unionAfterSign(members: readonly Doc[]): Doc {
  if (members.length <= 1) return [group(indent(line)), members[0] ?? "never"];
  const union = group([ifBreak("| "), join([line, "| "], members.map(indent))]);
  return group(indent([line, union]));
}
