import { MARK, type GeneratedFile } from "./file/generated-file.js";
import type { PlacedOrigin } from "./file/print-doc.js";

/**
 * The way back from generated lines to the schema: for each file, ranges of its lines and the file
 * and line of the definition they come from.
 *
 * ```json
 * { "types/migration.ts": { "12-40": "migration.json:17" } }
 * ```
 */
export function lineMap(origins: ReadonlyMap<string, readonly PlacedOrigin[]>): GeneratedFile {
  const files = [...origins].map(([path, lines]) => [path, Object.fromEntries(lines.flatMap(entry))]);
  const map: unknown = { "": `${MARK}. Do not edit.`, ...(Object.fromEntries(files) as object) };
  return { path: "line-map.json", text: `${JSON.stringify(map, null, 2)}\n` };
}

function entry({ firstLine, lastLine, origin: { module, span } }: PlacedOrigin): [string, string][] {
  return span === undefined ? [] : [[`${firstLine}-${lastLine}`, `${module}:${span.file.line(span.start)}`]];
}
