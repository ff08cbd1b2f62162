import { describe, expect, it } from "vitest";
import { capabilityTable } from "../../../src/migration/profile/capability-table.js";
import { findProfile, nearestProfile, profiles } from "../../../src/migration/profile/profiles.js";
import { hasIn, releases, valueIn } from "../../../src/migration/profile/release.js";
import { schemaTypes } from "../../../src/migration/profile/schema-types.js";

describe.each(profiles.map((profile) => [profile.name, profile] as const))(
  "the tables for %s",
  (_, profile) => {
    const types = schemaTypes(profile);

    it("have the parameters that the schema has, and no others", () => {
      expect([...profile.parameters.keys()].sort()).toEqual([...types.parameters.members.keys()].sort());
    });

    it("have the capabilities that the schema has, in its order", () => {
      const release = releases.find((one) => `qemu-${one}` === profile.name);
      const rows = Object.entries(capabilityTable).filter(([, row]) => release && hasIn(row, release));
      expect(rows.map(([name]) => name)).toEqual(types.capability.values.map(({ name }) => name));
    });

    it("say how a text is read whose type has no text", () => {
      const unreadable = [...types.parameters.members.values()]
        .filter(({ type }) => type.kind === "array")
        .map(({ name }) => profile.parameters.get(name as never)?.text);
      expect(unreadable).not.toContain(undefined);
    });

    it("fill every behaviour", () => {
      expect(Object.entries(profile).filter(([, value]) => value === undefined)).toEqual([]);
      expect(Object.entries(profile.loop).filter(([, value]) => value === undefined)).toEqual([]);
    });
  },
);

describe("releases", () => {
  it("keep a value until one changes it", () => {
    const [first, second, third] = releases;
    const changes = { [second]: "new" };
    expect([first, second, third].map((one) => valueIn(changes, one))).toEqual([undefined, "new", "new"]);
    const span = { since: second, until: third };
    expect([first, second, third].map((one) => hasIn(span, one))).toEqual([false, true, false]);
  });

  it("mean themselves and what is newer by their symbol", () => {
    expect(profiles.map(({ defines }) => defines.size)).toEqual([1, 2, 3]);
    const [oldest, , newest] = profiles;
    expect([...(oldest?.defines ?? [])].every((symbol) => newest?.defines.has(symbol))).toBe(true);
  });

  const versions: [version: string, profile: string][] = [
    ["5.2.0", "qemu-7.2"],
    ["7.2.22", "qemu-7.2"],
    ["9.1.0", "qemu-7.2"],
    ["10.0.2", "qemu-10.0"],
    ["10.1", "qemu-10.0"],
    ["10.2.2", "qemu-10.2"],
    ["11.0.50", "qemu-10.2"],
    ["", "qemu-10.2"],
  ];
  it.each(versions)("%s is nearest to %s", (version, name) => {
    expect(nearestProfile(version)).toBe(findProfile(name));
  });
});
