import type { JsonValue } from "../json/index.js";
import type { Schema } from "../qapi/schema/model.js";
import type { ValidationProblem } from "../visitor/validation.js";
import { type CheckOptions, type DocumentKind, SchemaChecker } from "./schema-checker.js";

/**
 * Everything that is wrong with one document; an empty list when it is as the schema has it. For
 * many documents keep a {@link SchemaChecker}, which compiles each type once.
 *
 * @param document as a lossless reader gives it: integers are `bigint`
 * @throws {UnknownNameError} when the schema has no such type, command or event
 */
export function validate(
  schema: Schema,
  kind: DocumentKind,
  name: string,
  document: JsonValue,
  options: CheckOptions = {},
): ValidationProblem[] {
  return new SchemaChecker(schema, options).problems(kind, name, document);
}
