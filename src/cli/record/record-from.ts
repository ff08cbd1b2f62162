import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { DocumentError } from "../../document/document-error.js";
import { schemaFromIntrospection } from "../../qapi/introspected/schema-from-introspection.js";
import { createRecord } from "../../evolution/record/create-record.js";
import { readBuild, writeRecord } from "../../evolution/record/record-text.js";

/**
 * The text of a record.
 * @param inputs folders, files named `VERSION.json` or `VERSION_ARCH.json`, `VERSION_ARCH=FILE`; or
 * `!VERSION_ARCH` for what to leave out of the folders
 * @throws {DocumentError} for a file that cannot be used, such as one without a version in its name
 */
export function recordFrom(inputs: readonly string[]): string {
  const except = new Set(inputs.filter((input) => input.startsWith("!")).map((input) => input.slice(1)));
  const sources = inputs
    .filter((input) => !input.startsWith("!"))
    .flatMap(introspectionsIn)
    .filter(({ name }) => !except.has(name))
    .map(({ name, path }) => ({
      build: readBuild(name),
      schema: schemaFromIntrospection(path, readFileSync(path, "utf8")),
    }));
  return `${JSON.stringify(writeRecord(createRecord(sources)), undefined, 2)}\n`;
}

/** An introspection and the build that it is of. */
interface NamedIntrospection {
  readonly name: string;
  readonly path: string;
}

const NAMED = /^(\d+(?:\.\d+)+(?:_[^/]+)?)\.json$/;

/** What a folder, a file or `NAME=FILE` gives; other files of a folder are passed over. */
export function introspectionsIn(input: string): NamedIntrospection[] {
  const assigned = /^(\d+(?:\.\d+)+(?:_[^/=]+)?)=(.+)$/.exec(input);
  if (assigned?.[1] !== undefined && assigned[2] !== undefined)
    return [{ name: assigned[1], path: assigned[2] }];
  if (statSync(input).isDirectory()) {
    return readdirSync(input)
      .sort()
      .flatMap((file) => {
        const name = NAMED.exec(file)?.[1];
        return name === undefined ? [] : [{ name, path: join(input, file) }];
      });
  }
  const name = NAMED.exec(basename(input))?.[1];
  if (name !== undefined) return [{ name, path: input }];
  const message = "its name says no version: VERSION.json or VERSION_ARCH.json";
  throw new DocumentError(input, [{ message }]);
}
