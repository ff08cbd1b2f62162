import { checkText, type PlacedProblem } from "./check-text.js";
import { UnknownNameError, type DocumentKind, type SchemaChecker } from "./schema-checker.js";

const NAME = /([^/\\]+?)(?:\.[^/\\]*)?\.(type|command|reply|event)\.json$/;

/**
 * Holds a fixture to a schema. The file's name says what it is: `query-status.reply.json`,
 * `MIGRATION.event.json`, `migrate.unix.command.json` (what stands between is for people).
 *
 * @param path of the file; only its last part counts
 * @returns what is wrong with it; undefined when the name does not say what it is
 */
export function checkFixture(
  checker: SchemaChecker,
  path: string,
  text: string,
): PlacedProblem[] | undefined {
  const [, name, kind] = NAME.exec(path) ?? [];
  if (name === undefined) return undefined;
  try {
    return checkText(checker, kind as DocumentKind, name, text);
  } catch (error) {
    if (!(error instanceof UnknownNameError)) throw error;
    return [
      { pointer: "", message: `cannot be checked: ${error.message}`, kind: "unknown", start: 0, end: 0 },
    ];
  }
}
