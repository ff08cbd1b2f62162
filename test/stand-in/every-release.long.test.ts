import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readSchema } from "../../src/schema-source/read-schema.js";
import { corpus, evolution } from "../support/shared-data.js";
import { unfitAnswers } from "./unfit-answers.js";

const folder = mkdtempSync(join(tmpdir(), "qapi-releases-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("every command of every release's schema", () => {
  const told = evolution === undefined ? "" : join(evolution, "introspect");
  const introspections = told === "" ? [] : readdirSync(told).map((name) => join(told, name));
  const written = corpus === undefined ? "" : join(corpus, "releases");
  const releases = written === "" ? [] : readdirSync(written);
  const schemas = releases.flatMap((version) =>
    ["qapi/qapi-schema.json", "qga/qapi-schema.json"].map((name) => join(written, version, name)),
  );

  it.each([...introspections, ...schemas])("is answered by what conforms: %s", async (path) => {
    const { schema, diagnostics } = await readSchema(path, { docRules: "lenient" });
    expect(diagnostics).toEqual([]);
    expect(await unfitAnswers(schema!, join(folder, "socket"))).toEqual([]);
  });
});
