import { DocumentError } from "../document/document-error.js";
import { schemaFromIntrospection } from "../qapi/introspected/schema-from-introspection.js";
import type { Schema } from "../qapi/schema/model.js";
import { SchemaSourceError } from "./source-form.js";

/**
 * The schema in introspection data.
 *
 * @param path of the file that the text came from, for messages
 * @throws {SchemaSourceError} when it is something else
 */
export function introspectedSchema(path: string, text: string): Schema {
  try {
    return schemaFromIntrospection(path, text);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    const problems = error.problems.map(({ message, at }) => ({
      message: `not what query-qmp-schema returns: ${message}`,
      at,
    }));
    throw new SchemaSourceError(new DocumentError(path, problems).message);
  }
}
