import { introspect } from "../codegen/emit/introspect.js";
import type { JsonValue } from "../json/value.js";
import type { Schema } from "../qapi/schema/model.js";
import { asAdded } from "./as-added.js";
import { decideConditions } from "../visitor/introspection.js";

/** What `query-qmp-schema` of a schema's QEMU returns: what it told, or else as if every condition held. */
export function introspected(schema: Schema): JsonValue {
  const { introspection } = schema;
  return introspection === undefined
    ? decideConditions(introspect(schema), undefined)
    : asAdded(introspection);
}
