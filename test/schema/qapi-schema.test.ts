import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { compileSchema } from "../../src/qapi/index.js";
import type { Definition, Schema } from "../../src/qapi/schema/model.js";
import { corpus } from "../support/shared-data.js";
import { members, signature } from "./signature.js";

const path = fileURLToPath(new URL("../../schema/qapi-schema.json", import.meta.url));

function compile(...defines: string[]): Schema {
  const { schema } = compileSchema(path, { defines: new Set(defines) });
  if (schema === undefined) throw new Error("the shipped schema has problems");
  return schema;
}

const profiles = {
  "qemu-7.2": compile(),
  "qemu-10.0": compile("QEMU_10_0"),
  "qemu-10.2": compile("QEMU_10_0", "QEMU_10_2"),
};

function membersOf(schema: Schema, name: string): string[] {
  const type = schema.definitions.get(name);
  return type?.kind === "object" ? members(type) : [];
}

function valuesOf(schema: Schema, name: string): string[] {
  const type = schema.definitions.get(name);
  return type?.kind === "enum" ? type.members.map((value) => value.name) : [];
}

it("keeps QEMU's own rules for docs", () => {
  expect(compileSchema(path, { docRules: "strict" }).diagnostics).toEqual([]);
});

describe("migration parameters", () => {
  const announce = ["announce-initial", "announce-max", "announce-rounds", "announce-step"];
  const throttle = [
    "throttle-trigger-threshold",
    "cpu-throttle-initial",
    "cpu-throttle-increment",
    "cpu-throttle-tailslow",
  ];
  const tls = ["tls-creds", "tls-hostname", "tls-authz"];

  it("of QEMU 7.2 stand in its order", () => {
    expect(valuesOf(profiles["qemu-7.2"], "MigrationParameter")).toEqual([
      ...announce,
      ...["compress-level", "compress-threads", "decompress-threads", "compress-wait-thread"],
      ...throttle,
      ...tls,
      ...["max-bandwidth", "downtime-limit", "x-checkpoint-delay", "block-incremental", "multifd-channels"],
      ...["xbzrle-cache-size", "max-postcopy-bandwidth", "max-cpu-throttle", "multifd-compression"],
      ...["multifd-zlib-level", "multifd-zstd-level", "block-bitmap-mapping"],
    ]);
  });

  it("of QEMU 10.0 stand in its order", () => {
    expect(valuesOf(profiles["qemu-10.0"], "MigrationParameter")).toEqual([
      ...announce,
      ...throttle,
      ...tls,
      ...["max-bandwidth", "avail-switchover-bandwidth", "downtime-limit", "x-checkpoint-delay"],
      ...["multifd-channels", "xbzrle-cache-size", "max-postcopy-bandwidth", "max-cpu-throttle"],
      ...["multifd-compression", "multifd-zlib-level", "multifd-zstd-level", "multifd-qatzip-level"],
      ...["block-bitmap-mapping", "x-vcpu-dirty-limit-period", "vcpu-dirty-limit", "mode"],
      ...["zero-page-detection", "direct-io"],
    ]);
  });

  it("have the types that each QEMU visits, in its order", () => {
    const first = [
      "*announce-initial: size",
      "*announce-max: size",
      "*announce-rounds: size",
      "*announce-step: size",
    ];
    const throttled = [
      "*throttle-trigger-threshold: uint8",
      "*cpu-throttle-initial: uint8",
      "*cpu-throttle-increment: uint8",
      "*cpu-throttle-tailslow: bool",
    ];
    expect(membersOf(profiles["qemu-7.2"], "MigrateSetParameters")).toEqual([
      ...first,
      "*compress-level: uint8",
      "*compress-threads: uint8",
      "*compress-wait-thread: bool",
      "*decompress-threads: uint8",
      ...throttled,
      "*tls-creds: StrOrNull",
      "*tls-hostname: StrOrNull",
      "*tls-authz: StrOrNull",
      "*max-bandwidth: size",
      "*downtime-limit: uint64",
      "*x-checkpoint-delay: uint32 [unstable]",
      "*block-incremental: bool",
      "*multifd-channels: uint8",
      "*xbzrle-cache-size: size",
      "*max-postcopy-bandwidth: size",
      "*max-cpu-throttle: uint8",
      "*multifd-compression: MultiFDCompression",
      "*multifd-zlib-level: uint8",
      "*multifd-zstd-level: uint8",
      "*block-bitmap-mapping: BitmapMigrationNodeAliasList",
    ]);
    expect(membersOf(profiles["qemu-10.0"], "MigrationParameters")).toEqual([
      ...first,
      ...throttled,
      "*tls-creds: str",
      "*tls-hostname: str",
      "*tls-authz: str",
      "*max-bandwidth: size",
      "*avail-switchover-bandwidth: size",
      "*downtime-limit: uint64",
      "*x-checkpoint-delay: uint32 [unstable]",
      "*multifd-channels: uint8",
      "*xbzrle-cache-size: size",
      "*max-postcopy-bandwidth: size",
      "*max-cpu-throttle: uint8",
      "*multifd-compression: MultiFDCompression",
      "*multifd-zlib-level: uint8",
      "*multifd-qatzip-level: uint8",
      "*multifd-zstd-level: uint8",
      "*block-bitmap-mapping: BitmapMigrationNodeAliasList",
      "*x-vcpu-dirty-limit-period: uint64 [unstable]",
      "*vcpu-dirty-limit: uint64",
      "*mode: MigMode",
      "*zero-page-detection: ZeroPageDetection",
      "*direct-io: bool",
    ]);
  });

  it.each(Object.entries(profiles))("are set and asked for by the same members (%s)", (_name, schema) => {
    const asSet = membersOf(schema, "MigrateSetParameters").map((each) => each.replace("StrOrNull", "str"));
    expect(asSet).toEqual(membersOf(schema, "MigrationParameters"));
    const names = asSet.map((each) => each.replace(/^\*|: .*$/g, ""));
    expect([...names].sort()).toEqual(valuesOf(schema, "MigrationParameter").sort());
  });

  it("are described in the same words wherever they stand", () => {
    const { definitions } = compile("QEMU_7_2", "QEMU_10_0");
    const describe = (name: string): Map<string | undefined, string> => {
      const sections = definitions.get(name)?.doc?.sections ?? [];
      const own = sections.filter(({ kind }) => kind === "member" || kind === "feature");
      return new Map(own.map((section) => [section.name, section.text]));
    };
    const described = describe("MigrationParameter");
    expect(described.size).toBe(36);
    expect(describe("MigrateSetParameters")).toEqual(described);
    expect(describe("MigrationParameters")).toEqual(described);
    expect(described.get("cpu-throttle-tailslow")).toMatch(/very sensitive[^]*smaller[^]*\(Since 5\.1\)$/);
  });
});

describe("a profile", () => {
  it("holds the parts of its own version alone", () => {
    const [old, current] = [profiles["qemu-7.2"], profiles["qemu-10.0"]];
    expect(valuesOf(old, "MigrationCapability")).toContain("compress");
    expect(valuesOf(current, "MigrationCapability")).not.toContain("compress");
    expect(valuesOf(old, "MultiFDCompression")).toEqual(["none", "zlib", "zstd"]);
    expect(valuesOf(current, "MultiFDCompression")).toEqual(["none", "zlib", "zstd"]);
    expect(membersOf(old, "StatusInfo")).toContain("singlestep: bool");
    expect(membersOf(current, "StatusInfo")).not.toContain("singlestep: bool");
    expect([...current.definitions.keys()].filter((name) => !old.definitions.has(name)).sort()).toEqual([
      ...["FileMigrationArgs", "MigMode", "MigrationAddress", "MigrationAddressType", "MigrationChannel"],
      ...["MigrationChannelList", "MigrationChannelType", "MigrationExecCommand", "ZeroPageDetection"],
      "q_obj_MigrationAddress-base",
    ]);
  });

  it.each(Object.entries(profiles))("has every command that the monitor speaks (%s)", (_name, schema) => {
    const commands = [...schema.definitions.values()].filter(({ kind }) => kind === "command");
    expect(commands.map(({ name }) => name).sort()).toEqual([
      ...["cont", "human-monitor-command", "migrate", "migrate-continue", "migrate-incoming"],
      ...["migrate-pause", "migrate-recover", "migrate-set-capabilities", "migrate-set-parameters"],
      ...["migrate-start-postcopy", "migrate_cancel", "qmp_capabilities", "query-commands"],
      ...["query-migrate", "query-migrate-capabilities", "query-migrate-parameters", "query-name"],
      ...["query-qmp-schema", "query-status", "query-uuid", "query-version", "quit", "stop"],
      "x-exit-preconfig",
    ]);
  });
});

const versions = [
  ["7.2", "qemu-7.2", "qemu-7.2"],
  ["10.2", "qemu-10.2", "qemu-10.2.2"],
] as const;

describe.skipIf(corpus === undefined).each(versions)("against QEMU %s's schema", (_, profile, tree) => {
  const folder = `${corpus ?? ""}/${tree}`;
  const defines =
    corpus === undefined ? [] : readFileSync(`${folder}/golden/defines.txt`, "utf8").split("\n");
  const theirs = compileSchema(`${folder}/qapi/qapi-schema.json`, { defines: new Set(defines) }).schema;
  /** One definition has to do for both versions. */
  const apart = ["FdSocketAddress", "SocketAddress", "MigrateOptions", "MigrateIncomingOptions"];
  const ours = [...profiles[profile].definitions.values()].filter(
    (each): each is Definition => each.module !== "./builtin" && !apart.includes(each.name),
  );

  it.each(ours.map((each) => [each.name, each] as const))("%s is QEMU's", (name, definition) => {
    const original = theirs?.definitions.get(name);
    const expected = original === undefined ? [] : signature(original);
    if (name === "migrate" || name === "migrate-incoming") {
      // An argument that only one of the versions demands is optional.
      expect(signature(definition)).toEqual(expected.map((each) => each.replace(/^uri:/, "*uri:")));
    } else {
      expect(signature(definition)).toEqual(expected);
    }
  });
});
