import { copySchema } from "../qapi/schema/copy-schema.js";
import type { Definition, Schema } from "../qapi/schema/model.js";
import { isEntry, reachedFrom } from "../qapi/schema/used-types.js";
import { keepDefinitions } from "./select-definitions.js";

/**
 * A schema without what is marked by one of some features (`deprecated`, `unstable`), and without the
 * types that only the commands and events among it needed.
 */
export function withoutFeatures(schema: Schema, marks: ReadonlySet<string>): Schema {
  const shown = copySchema(schema, {
    keeps: ({ features = [] }) => !features.some((feature) => marks.has(feature.name)),
    conditionOf: (condition) => condition,
  });
  const gone = [...schema.definitions.values()].filter(
    (definition) => isEntry(definition) && !shown.definitions.has(definition.name),
  );
  const suspects = new Set([...reachedFrom(gone)].map(({ name }) => name));
  const remaining: Definition[] = [...shown.definitions.values()];
  return keepDefinitions(
    shown,
    reachedFrom(remaining.filter(({ kind, name }) => kind === "builtin" || !suspects.has(name))),
  );
}
