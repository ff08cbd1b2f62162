import type { ValidateFunction } from "ajv";
import { definitionSchema, type Dialect, type JsonSchema } from "../../json-schema/type-schema.js";
import type { NamedType } from "../../../qapi/schema/model.js";
import { CheckDialect } from "./check-dialect.js";
import { createAjv } from "./create-ajv.js";

/**
 * Compiles a check in this process, for tools that meet their schema at run time. It judges
 * documents as `parseJson` reads them: an integer is a `bigint`.
 *
 * @param root makes the schema of the documents
 * @param tolerant let through what the schema does not know, as a client reads
 * @param lacking let members be missing that the schema demands
 */
export function compileLiveCheck(
  root: (dialect: Dialect) => JsonSchema,
  { tolerant, lacking }: { readonly tolerant: boolean; readonly lacking: boolean },
): ValidateFunction {
  const ids = new Map<NamedType, string>();
  const dialect = new CheckDialect(
    (type) => {
      const id = ids.get(type) ?? `type${ids.size}`;
      ids.set(type, id);
      return { $ref: id };
    },
    tolerant,
    lacking,
  );
  const ajv = createAjv("are-no-integers", { ownProperties: true });
  const schema = root(dialect);
  // Making a definition adds the types that it refers to.
  for (const [type, id] of ids) ajv.addSchema(definitionSchema(type, dialect), id);
  return ajv.compile(schema);
}
