import { copySchema } from "../qapi/schema/copy-schema.js";
import type { Schema } from "../qapi/schema/model.js";

/** A schema without what is marked by one of some features (`deprecated`, `unstable`). */
export function withoutFeatures(schema: Schema, marks: ReadonlySet<string>): Schema {
  return copySchema(schema, {
    keeps: ({ features = [] }) => !features.some((feature) => marks.has(feature.name)),
    conditionOf: (condition) => condition,
  });
}
