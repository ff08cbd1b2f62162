import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { renderPretty } from "../../../src/diagnostic/render/pretty.js";
import { renderQemu } from "../../../src/diagnostic/render/qemu.js";
import { dumpSchema } from "../../../src/qapi/dump/dump-schema.js";
import { compileSchema } from "../../../src/qapi/index.js";
import type { SchemaHost } from "../../../src/qapi/load/host.js";
import { corpus } from "../../support/shared-data.js";

const qemu = join(corpus ?? "", "qemu-10.2.2");
const read = (...path: string[]): string => readFileSync(join(qemu, ...path), "utf8");

/** Files as a process in `folder` would name them. */
function hostIn(folder: string): SchemaHost {
  return { read: (path) => readFileSync(join(folder, path)), absolute: (path) => join(folder, path) };
}

describe.skipIf(corpus === undefined)("QEMU's own front-end tests", () => {
  const folder = join(qemu, "tests", "qapi-schema");
  const host = hostIn(folder);
  const names = corpus === undefined ? [] : read("tests", "qapi-schema", "registered.txt").trim().split("\n");
  let passed = 0;

  it.each(names)("%s", (name) => {
    const { diagnostics, schema } = compileSchema(`${name}.json`, { host, docRules: "strict" });
    expect(renderQemu(diagnostics)).toBe(readFileSync(join(folder, `${name}.err`), "utf8"));
    expect(schema ? dumpSchema(schema) : "").toBe(readFileSync(join(folder, `${name}.out`), "utf8"));
    passed++;
  });

  afterAll(() => {
    process.stderr.write(`QEMU's front-end tests: ${passed} of ${names.length} as QEMU has them\n`);
  });

  it("are all there", () => {
    expect(names).toHaveLength(207);
  });
});

describe.skipIf(corpus === undefined)("QEMU's schemas", () => {
  it.each([
    ["qapi", "qapi/qapi-schema.json"],
    ["qga", "qga/qapi-schema.json"],
    ["storage-daemon", "storage-daemon/qapi/qapi-schema.json"],
  ])("%s of 10.2.2 is dumped as QEMU dumps it", (golden, path) => {
    for (const docRules of ["strict", "lenient"] as const) {
      const { diagnostics, schema } = compileSchema(path, { host: hostIn(qemu), docRules });
      expect(diagnostics).toEqual([]);
      expect(schema && dumpSchema(schema)).toBe(read("golden", `${golden}.dump`));
    }
  });

  const older = (corpus === undefined ? [] : readdirSync(join(corpus, "releases"))).map(
    (version) => `releases/${version}`,
  );
  it.each(
    ["qemu-7.2", ...older].flatMap((version) =>
      ["qapi", "qga", "storage-daemon/qapi"].map((part) => `${version}/${part}/qapi-schema.json`),
    ),
  )("%s passes under lenient doc rules, and under strict ones if it is new", (name) => {
    const path = join(corpus ?? "", name);
    if (!existsSync(path)) return;
    expect(compileSchema(path, { docRules: "lenient" }).diagnostics).toEqual([]);
    const strict = compileSchema(path, { docRules: "strict" }).diagnostics;
    expect(strict.every(({ lenient }) => lenient)).toBe(true);
    if (name.includes("11.0-dev")) expect(strict).toEqual([]);
    else expect(renderPretty(strict.slice(0, 1))).toContain("--doc-rules=lenient");
  });
});
