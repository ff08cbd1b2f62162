import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { recordFrom } from "../../src/cli/record/record-from.js";
import {
  createChronicle,
  history,
  historyText,
  holds,
  lifetimeOf,
  shippedRecord,
} from "../../src/evolution/index.js";
import { createRecord } from "../../src/evolution/record/create-record.js";
import { readBuild, readRecord, writeRecord } from "../../src/evolution/record/record-text.js";
import { compareVersions } from "../../src/evolution/record/record.js";
import { compileSchema } from "../../src/qapi/index.js";
import { corpus, evolution } from "../support/shared-data.js";
import { compileText } from "../support/compile-text.js";
import { introspection } from "./introspections.js";

const shipped = fileURLToPath(new URL("../../src/evolution/record/record.json", import.meta.url));

describe("the record that is shipped", () => {
  it("is small", () => {
    expect(readFileSync(shipped).length).toBeLessThan(300_000);
  });

  it.skipIf(evolution === undefined || corpus === undefined)(
    "is what its script makes, in whatever order",
    () => {
      const folder = join(evolution ?? "", "introspect");
      const newest = `10.2_x86_64=${join(corpus ?? "", "qemu-10.2.2/golden/introspect.json")}`;
      const files = readdirSync(folder).map((file) => join(folder, file));
      const text = readFileSync(shipped, "utf8");
      expect(recordFrom([folder, "!10.0_s390x", newest])).toBe(text);
      expect(recordFrom([newest, ...files.reverse(), "!10.0_s390x"])).toBe(text);
    },
  );

  it("survives being written and read", async () => {
    const text = writeRecord(await shippedRecord());
    expect(writeRecord(readRecord(text))).toEqual(text);
  });

  it.each([
    ["migrate/arg-type/channels", "since 8.2, optional; still there in 10.2"],
    ["migrate", "since 6.2 or earlier; still there in 10.2"],
    [
      "query-status/ret-type/singlestep",
      "since 6.2 or earlier, mandatory; deprecated since 8.1; until 8.2, gone in 9.0",
    ],
    ["block-commit/arg-type/*top", "since 6.2 or earlier, optional; deprecated; still there in 10.2"],
    ["device-sync-config", "since 9.2; unstable; still there in 10.2"],
    ["migrate/arg-type/uri", "since 6.2 or earlier, mandatory, optional since 9.0; still there in 10.2"],
    ["blockdev-add/arg-type/driver/^gluster/$deprecated", "since 9.2; still there in 10.2"],
    ["no-such-command", "never there"],
  ])("says of %s: %s", async (query, words) => {
    expect(historyText(await history(query))).toBe(words);
  });
});

describe("a record", () => {
  const build = (version: string, text: string) => ({ build: readBuild(version), schema: compileText(text) });
  const old = "{ 'command': 'c', 'data': { 'a': 'str' } }";
  const fresh =
    "{ 'struct': 'Sx', 'data': { 'n': 'int' } }\n" +
    "{ 'command': 'c', 'data': { '*a': 'Sx', 'b': { 'type': 'int', 'features': [ 'unstable' ] } } }";

  it("joins the builds of a version, sorts versions as versions, and tells gaps", async () => {
    const record = createRecord([
      build("10.0_a", fresh),
      build("9.2_b", old),
      build("9.2_a", "{ 'command': 'd' }"),
      build("9.10", "{ 'command': 'd' }"),
    ]);
    expect(record.builds.map(({ version }) => version)).toEqual(["9.2", "9.2", "9.10", "10.0"]);
    const told = await history("c/arg-type/a", { record });
    expect(told.versions).toEqual([
      { version: "9.2", present: true, optional: false, features: [] },
      { version: "9.10", present: false, features: [] },
      { version: "10.0", present: true, optional: true, features: [] },
    ]);
    expect(historyText(told)).toBe(
      "since 9.2 or earlier, mandatory, optional since 10.0; not in 9.10; still there in 10.0",
    );
    expect(lifetimeOf(await history("c/arg-type/b", { record }))).toEqual({
      since: "10.0",
      orEarlier: false,
      unstableSince: "10.0",
    });
    // A place need not have had one kind of type for ever.
    expect(historyText(await history("c/arg-type/a/!string", { record }))).toContain("until 9.2");
    expect(historyText(await history("c/arg-type/a/n", { record }))).toContain("since 10.0");
  });

  it.each([
    ["9.2", "10.0", -1],
    ["10.2", "10.10", -1],
    ["10.0", "10.0.1", -1],
    ["8.0", "8.0", 0],
  ])("has %s before %s: %i", (a, b, sign) => {
    expect(Math.sign(compareVersions(a, b))).toBe(sign);
    expect(Math.sign(compareVersions(b, a))).toBe(-sign + 0);
  });
});

describe.skipIf(evolution === undefined)("a record of all builds", () => {
  it("answers for each of them as its own introspection does", async () => {
    const folder = join(evolution ?? "", "introspect");
    const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ""));
    for (const name of names.slice(0, 6)) {
      const schema = introspection(name);
      const record = createRecord([{ build: readBuild(name), schema }]);
      for (const query of [
        "migrate/arg-type/channels",
        "blockdev-add/arg-type/+nbd/tls-hostname",
        "query-sev",
      ]) {
        const [only] = (await history(query, { record })).versions;
        expect([name, query, only?.present]).toEqual([name, query, holds(schema, query)]);
      }
    }
  });
});

const main = join(corpus ?? "", "qemu-10.2.2/qapi/qapi-schema.json");

describe.skipIf(!existsSync(main))("a chronicle of QEMU's schema", () => {
  it("knows since when definitions, members and values are there", async () => {
    const { schema } = compileSchema(main);
    const chronicle = createChronicle(schema!, await shippedRecord());
    const definition = (name: string) => schema!.definitions.get(name)!;
    const member = (type: string, name: string) => {
      const found = definition(type);
      if (found.kind === "object") return found.members.find((each) => each.name === name)!;
      if (found.kind === "enum") return found.members.find((each) => each.name === name)!;
      throw new Error(type);
    };
    expect(chronicle.lifetime(definition("migrate"))).toEqual({ since: "6.2", orEarlier: true });
    expect(chronicle.lifetime(definition("device-sync-config"))).toMatchObject({ since: "9.2" });
    expect(chronicle.lifetime(definition("MigrationChannel"))).toMatchObject({
      since: "8.2",
      orEarlier: false,
    });
    expect(chronicle.lifetime(member("MigrationParameters", "zero-page-detection"))).toMatchObject({
      since: "9.0",
    });
    expect(chronicle.lifetime(member("MigrationCapability", "mapped-ram"))).toMatchObject({ since: "9.0" });
    expect(chronicle.lifetime(member("MigrationCapability", "zero-blocks"))).toMatchObject({
      deprecatedSince: "9.2",
    });
    expect(chronicle.lifetime(member("BlockdevDriver", "gluster"))).toMatchObject({ deprecatedSince: "9.2" });
  });
});
