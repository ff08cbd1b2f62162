import { readFileSync } from "node:fs";
import { join } from "node:path";
import { schemaFromIntrospection } from "../../src/qapi/introspected/schema-from-introspection.js";
import type { Schema } from "../../src/qapi/schema/model.js";
import { evolution } from "../support/shared-data.js";

const known = new Map<string, Schema>();

/** What a build of QEMU told of itself: `9.2_x86_64`. */
export function introspection(build: string): Schema {
  const path = join(evolution ?? "", "introspect", `${build}.json`);
  const schema = known.get(build) ?? schemaFromIntrospection(path, readFileSync(path, "utf8"));
  known.set(build, schema);
  return schema;
}
