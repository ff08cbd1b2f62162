/**
 * The candidates that a misspelt word may have meant, the nearest first, at most `limit`. Distance
 * counts inserted, dropped, replaced and swapped letters; case and the choice between `-` and `_`
 * cost nothing. Nothing is offered that changes more than two letters in five.
 */
export function nearest(word: string, candidates: Iterable<string>, limit = 3): string[] {
  const wanted = fold(word);
  const reach = Math.floor(word.length * 0.4);
  const found: { candidate: string; distance: number }[] = [];
  for (const candidate of new Set(candidates)) {
    if (Math.abs(candidate.length - word.length) > reach) continue;
    const distance = editDistance(wanted, fold(candidate), reach);
    if (distance <= reach) found.push({ candidate, distance });
  }
  found.sort((a, b) => a.distance - b.distance);
  return found.slice(0, limit).map(({ candidate }) => candidate);
}

/**
 * A sentence that offers the nearest candidates, in a list ready to spread into a diagnostic's
 * help: `["did you mean 'data'?"]`, or empty.
 */
export function didYouMean(word: string, candidates: Iterable<string>): string[] {
  const names = nearest(word, candidates).map((name) => `'${name}'`);
  const last = names.pop();
  if (last === undefined) return [];
  return [`did you mean ${names.length === 0 ? last : `${names.join(", ")} or ${last}`}?`];
}

/** Words longer than this are not compared: the work grows with the square of the length. */
const LONGEST = 100;

function fold(word: string): string {
  return word.toLowerCase().replaceAll("_", "-");
}

/** Optimal string alignment distance; what is beyond reach may be told as infinite. */
function editDistance(a: string, b: string, reach: number): number {
  if (a.length > LONGEST || b.length > LONGEST) return a === b ? 0 : Infinity;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  let lastLeast = 0;
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let distance = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (!same && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        distance = Math.min(distance, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(distance);
      if (distance < least) least = distance;
    }
    // Every way to the end leads through one of two rows that follow each other, and none gets shorter.
    if (least > reach && lastLeast > reach) return Infinity;
    lastLeast = least;
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
