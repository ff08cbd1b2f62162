import { check } from "prettier";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { generate } from "../../src/codegen/generate.js";
import { compileSchema } from "../../src/qapi/index.js";
import { schemaFromIntrospection } from "../../src/qapi/introspected/schema-from-introspection.js";
import type { Schema } from "../../src/qapi/schema/model.js";
import { corpus } from "../support/shared-data.js";
import { typeErrors } from "../support/type-check.js";

/** What is generated for QEMU's own schemas, whole. */
describe.skipIf(corpus === undefined)("generated for QEMU", () => {
  it.each([
    "qemu-7.2/qapi/qapi-schema.json",
    "qemu-10.2.2/qapi/qapi-schema.json",
    "qemu-10.2.2/qga/qapi-schema.json",
    "qemu-10.2.2/storage-daemon/qapi/qapi-schema.json",
    "qemu-10.2.2/tests/qapi-schema/qapi-schema-test.json",
    "qemu-7.2/golden/introspect.json",
    "qemu-10.2.2/golden/introspect-unmasked.json",
  ])("%s type-checks, and is as prettier would have it", async (path) => {
    const files = generate(read(join(corpus ?? "", path)));
    expect(typeErrors(files)).toEqual([]);
    const ignored = files.find(({ path }) => path === ".prettierignore")?.text.split("\n") ?? [];
    for (const { path, text } of files) {
      if (ignored.includes(path) || path === ".prettierignore") continue;
      expect(await check(text, { filepath: path }), path).toBe(true);
    }
  });
});

/** A QAPI schema, or what a QEMU says of itself. */
function read(path: string): Schema {
  if (path.includes("introspect")) return schemaFromIntrospection(path, readFileSync(path, "utf8"));
  const { schema } = compileSchema(path);
  if (schema === undefined) throw new Error(`${path} does not compile`);
  return schema;
}
