import type { Option } from "commander";

/**
 * A command line whose options of several names come last, each with what are names: `--define A x.json` is one
 * name and a schema. A word with a dot, slash or colon in it, or a lone dash, is no name of a condition, command
 * or event. Options of several files stay as they are: commands that have one take no argument.
 *
 * @param options those of the command
 */
export function settleLists(argv: readonly string[], options: readonly Option[]): readonly string[] {
  const lists = new Set(options.filter(isListOfNames).map(({ long }) => long));
  const end = argv.indexOf("--");
  const [words, rest] = end === -1 ? [argv, []] : [argv.slice(0, end), argv.slice(end)];
  const kept: string[] = [];
  const settled: string[] = [];
  let isInList = false;
  for (const word of words) {
    if (word.startsWith("-") && word !== "-") isInList = lists.has(word);
    (isInList && !/[./:]|^-$/.test(word) ? settled : kept).push(word);
    if (isInList && /[./:]|^-$/.test(word)) isInList = false;
  }
  return [...kept, ...settled, ...rest];
}

function isListOfNames({ variadic, flags }: Option): boolean {
  return variadic && flags.includes("<name...>");
}
