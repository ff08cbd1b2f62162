import { introspect } from "../codegen/emit/introspect.js";
import type { JsonValue } from "../json/value.js";
import type { Schema } from "../qapi/schema/model.js";
import { decideConditions } from "../visitor/introspection.js";

/** What `query-qmp-schema` of a schema's QEMU returns, as if every condition held. */
export function introspected(schema: Schema): JsonValue {
  return decideConditions(introspect(schema), undefined);
}
