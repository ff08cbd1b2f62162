import type { FileBuilder } from "./file/file-builder.js";
import type { ImportExtension } from "./file/import-table.js";
import { isGenerated, MARK, type GeneratedFile } from "./file/generated-file.js";
import type { PlacedOrigin } from "./file/print-doc.js";

/** Where in an output folder its line map stands. */
export const LINE_MAP_PATH = "line-map.json";

/** Files that were put together, finished, and the map of all lines of an output that they and others make. */
export function finishFiles(
  builders: readonly FileBuilder[],
  others: readonly GeneratedFile[] = [],
  extension?: ImportExtension,
): GeneratedFile[] {
  const finished = builders.map((builder) => builder.finish(extension));
  const origins = new Map(finished.map(({ file, origins: placed }) => [file.path, placed]));
  const files = [...others, ...finished.map(({ file }) => file)];
  return [...files, lineMap(files, origins)];
}

/**
 * The way back from generated lines to the schema, and the list of all that the output consists of:
 * for each file, ranges of its lines and the file and line of the definition they come from.
 *
 * ```json
 * { "types/migration.ts": { "12-40": "migration.json:17" }, "index.ts": {} }
 * ```
 *
 * A later run takes away what an earlier one listed here, and nothing else.
 *
 * @param files all others of the output
 */
function lineMap(
  files: readonly GeneratedFile[],
  origins: ReadonlyMap<string, readonly PlacedOrigin[]>,
): GeneratedFile {
  const paths = files.map(({ path }) => path).sort();
  const entries = paths.map((path): [string, LineRanges] => [
    path,
    Object.fromEntries((origins.get(path) ?? []).flatMap(entry)),
  ]);
  return lineMapFile(Object.fromEntries(entries));
}

/** Of one file: a range of lines to a place in the schema. */
type LineRanges = Readonly<Record<string, unknown>>;

function entry({ firstLine, lastLine, origin: { module, span } }: PlacedOrigin): [string, string][] {
  return span === undefined ? [] : [[`${firstLine}-${lastLine}`, `${module}:${span.file.line(span.start)}`]];
}

function lineMapFile(entries: Readonly<Record<string, LineRanges>>): GeneratedFile {
  const map = { "": `${MARK}. Do not edit.`, ...entries };
  return { path: LINE_MAP_PATH, text: `${JSON.stringify(map, null, 2)}\n` };
}

/**
 * The files that a line map lists. None where there is no line map or it is not one of ours. A line
 * map is a file like any other and may have been tampered with: a path that leads out of the output
 * folder is passed over.
 */
export function listedFiles(text: string | undefined): string[] {
  return Object.keys(entriesOf(text)).filter(isWithin);
}

/** A line map that lists some files besides its own; the same file where it lists them already. */
export function withListed(map: GeneratedFile, others: readonly string[]): GeneratedFile {
  const entries = entriesOf(map.text);
  const missing = others.filter((path) => !Object.hasOwn(entries, path));
  if (missing.length === 0) return map;
  return lineMapFile({ ...entries, ...Object.fromEntries(missing.map((path) => [path, {}])) });
}

function entriesOf(text: string | undefined): Record<string, LineRanges> {
  if (text === undefined || !isGenerated(text)) return {};
  try {
    const entries = Object.entries(JSON.parse(text) as Record<string, LineRanges>);
    return Object.fromEntries(entries.filter(([path]) => path !== ""));
  } catch {
    // Cut off or edited: it lists nothing that could be relied on.
    return {};
  }
}

function isWithin(path: string): boolean {
  if (path === LINE_MAP_PATH || /[\\\0]|^[A-Za-z]:/.test(path)) return false;
  return path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}
