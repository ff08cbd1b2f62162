import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dumpSchema } from "../../src/qapi/dump/dump-schema.js";
import { compileFiles, mendSchema } from "../support/mend-schema.js";
import { corpus } from "../support/shared-data.js";

const root = corpus ?? "";
const releases = corpus === undefined ? [] : readdirSync(join(root, "releases"));
const mains = ["qemu-10.2.2", "qemu-7.2", ...releases.map((name) => `releases/${name}`)].flatMap((version) =>
  ["qapi", "qga", "storage-daemon/qapi"]
    .map((kind) => join(root, version, kind, "qapi-schema.json"))
    .filter((path) => existsSync(path)),
);

describe.skipIf(corpus === undefined)("fixes of all rules, on the schemas of every release", () => {
  it.each(mains)("%s", (main) => {
    const before = dumpSchema(compileFiles(main).schema);
    const { schema, left } = mendSchema(main, false);
    expect(left).toEqual([]);
    expect(dumpSchema(schema) === before).toBe(true);
    const entitiesOf = (dump: string): string => dump.slice(0, dump.search(/^doc /m));
    const withDocs = mendSchema(main, true);
    expect(withDocs.left).toEqual([]);
    expect(entitiesOf(dumpSchema(withDocs.schema)) === entitiesOf(before)).toBe(true);
  });
});
