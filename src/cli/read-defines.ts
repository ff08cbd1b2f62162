import { readText } from "./read-file.js";

/** What `--define` and `--defines-file` were set to. */
export interface DefineOptions {
  readonly define?: readonly string[];
  readonly definesFile?: string;
}

/**
 * The names that are defined, from both options together; undefined when neither is given, which
 * means that no condition is to be decided.
 *
 * A defines file has one name a line; blank lines and `#` comments are skipped.
 */
export async function readDefines({
  define,
  definesFile,
}: DefineOptions): Promise<ReadonlySet<string> | undefined> {
  if (define === undefined && definesFile === undefined) return undefined;
  const listed = definesFile === undefined ? [] : names(await readText(definesFile));
  return new Set([...(define ?? []), ...listed]);
}

function names(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim())
    .filter((name) => name !== "");
}
