import type { Schema } from "../qapi/schema/model.js";
import { modelView } from "./model-view.js";
import { locate } from "./path/locate.js";
import { parsePathQuery } from "./path/path-query.js";

/**
 * Whether a schema has what a path asks for, `migrate/arg-type/channels`, by the rules of libvirt's
 * queries. Whatever stands under a condition counts as there.
 * @throws {PathQueryError} for what is no path
 */
export function holds(schema: Schema, query: string): boolean {
  return locate(modelView(schema), parsePathQuery(query)) !== undefined;
}
