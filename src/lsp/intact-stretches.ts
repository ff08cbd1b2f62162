import { layoutProblems, parseProblems } from "../format/parse-problems.js";
import type { ParsedFile } from "../qapi/parse/parse-file.js";
import { unitsOf, type Unit } from "./units.js";

/** A part of a file's text. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * The parts of a file that parse by themselves: all of it, or what stands around broken text. Comments right
 * before broken text are about it and belong to it, as does what begins on a line that it ends on.
 */
export function intactStretches(parsed: ParsedFile): Stretch[] {
  const { text, path } = parsed.file;
  const problems = layoutProblems(parsed);
  if (problems.length === 0) return [{ start: 0, end: text.length }];
  const units = unitsOf(parsed);
  // What is found at the first character of a unit is that something before it has no end.
  const isIntact = units.map(
    ({ kind, start, end }) =>
      kind !== "broken" && !problems.some(({ span }) => start < span.start && span.start < end),
  );
  for (let index = units.length - 1; index > 0; index--) {
    if (isIntact[index] !== true && units[index - 1]?.kind !== "expression") isIntact[index - 1] = false;
  }
  units.forEach(({ start }, index) => {
    const last = units[index - 1];
    if (last !== undefined && isIntact[index - 1] === false && !text.slice(last.end, start).includes("\n"))
      isIntact[index] = false;
  });
  return stretchesOf(units, isIntact, text.length).filter(
    ({ start, end }) => parseProblems(path, text.slice(start, end)).length === 0,
  );
}

/** Runs of units that are intact; the white space at a file's edges belongs to the first and the last. */
function stretchesOf(units: readonly Unit[], isIntact: readonly boolean[], length: number): Stretch[] {
  const stretches: { start: number; end: number }[] = [];
  let open: { start: number; end: number } | undefined;
  units.forEach(({ start, end }, index) => {
    if (isIntact[index] !== true) {
      open = undefined;
      return;
    }
    if (open === undefined) {
      open = { start: index === 0 ? 0 : start, end };
      stretches.push(open);
    }
    open.end = index === units.length - 1 ? length : end;
  });
  return stretches;
}
