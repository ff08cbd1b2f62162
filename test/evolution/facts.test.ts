import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { breakingFindings } from "../../src/evolution/breaking.js";
import { compareSchemas } from "../../src/evolution/compare-schemas.js";
import { historyIn } from "../../src/evolution/history.js";
import { createRecord } from "../../src/evolution/record/create-record.js";
import { readBuild } from "../../src/evolution/record/record-text.js";
import { shippedRecord } from "../../src/evolution/record/shipped-record.js";
import { tellHistory } from "../../src/evolution/tell-history.js";
import { evolution } from "../support/shared-data.js";
import { introspection } from "./introspections.js";

/** What an independent comparison found. */
interface Fact {
  readonly kind: string;
  readonly name?: string;
  readonly at?: string;
  readonly direction?: string;
  readonly feature?: string;
}

interface Timeline {
  readonly kind: "command" | "event";
  readonly present: readonly string[];
  readonly arguments?: Members;
  readonly return?: Members;
  readonly data?: Members;
}

type Members = Readonly<
  Record<string, { readonly present: readonly string[]; readonly optional: readonly string[] }>
>;

const sample =
  evolution === undefined
    ? { steps: [], timeline: {} }
    : (JSON.parse(readFileSync(join(evolution, "facts-sample.json"), "utf8")) as {
        steps: { from: string; to: string; facts: Fact[] }[];
        timeline: Record<string, Timeline>;
      });

/** `cmd/arguments.a<b>[].c=v` as a path. */
function pathOf({ at, name = "", feature }: Fact): string {
  const path = (at ?? name)
    .replace("/arguments", "/arg-type")
    .replace("/return", "/ret-type")
    .replace("/data", "/arg-type")
    .replaceAll("[]", "")
    .replace(/<([^>]*)>/g, "/+$1")
    .replaceAll(".", "/")
    .replaceAll("=", "/^");
  return feature === undefined ? path : `${path}/$${feature}`;
}

describe.skipIf(evolution === undefined)("facts about QEMU's releases", () => {
  it.each(sample.steps)(
    "$from to $to: each found once, with its direction, and no other",
    ({ from, to, facts }) => {
      const changes = compareSchemas(introspection(`${from}_x86_64`), introspection(`${to}_x86_64`));
      const found = changes.map(({ id, direction, path }) => {
        const kind = id.startsWith("arg-added") ? "member-added" : id;
        return [kind, direction, path].join(" ");
      });
      const wanted = facts.map((fact) => [fact.kind, fact.direction ?? "in", pathOf(fact)].join(" "));
      expect(found.sort()).toEqual(wanted.sort());
    },
  );

  it("says of a command's and an event's members in which versions they were", () => {
    const folder = join(evolution ?? "", "introspect");
    const names = readdirSync(folder)
      .map((file) => file.replace(/\.json$/, ""))
      .filter((name) => name.endsWith("_x86_64"));
    const record = createRecord(
      names.map((name) => ({ build: readBuild(name), schema: introspection(name) })),
    );
    let compared = 0;
    for (const [name, timeline] of Object.entries(sample.timeline)) {
      const presentIn = (query: string, optional?: boolean): string[] =>
        historyIn(record, query)
          .versions.filter((each) => each.present && (optional !== true || each.optional === true))
          .map(({ version }) => version);
      expect(presentIn(name)).toEqual(timeline.present);
      const parts = [
        ["arg-type", timeline.arguments ?? timeline.data],
        ["ret-type", timeline.return],
      ] as const;
      for (const [part, members] of parts) {
        for (const [member, { present, optional }] of Object.entries(members ?? {})) {
          // The sample does not say in which branch of a union a member is.
          if (!/^[\w-]+$/.test(member) || name === "object-add") continue;
          compared++;
          expect([member, presentIn(`${name}/${part}/${member}`)]).toEqual([member, present]);
          expect([member, presentIn(`${name}/${part}/${member}`, true)]).toEqual([member, optional]);
        }
      }
    }
    expect(compared).toBeGreaterThan(30);
  });

  it("finds nothing to break between twins of one version without a word on configuration", async () => {
    const record = await shippedRecord();
    for (const pair of [
      ["10.0_x86_64", "10.0_x86_64+amdsev"],
      ["9.2_x86_64+amdsev", "9.2_x86_64"],
    ] as const) {
      for (const [from, to] of [pair, [pair[1], pair[0]] as const]) {
        const schemas = [introspection(from), introspection(to)] as const;
        const found = breakingFindings(
          tellHistory(compareSchemas(...schemas), record, true),
          "wire",
          schemas,
        );
        const bare = found.filter(
          ({ level, message }) => level === "breaking" && !message.includes("configuration"),
        );
        expect(bare).toEqual([]);
      }
    }
  });
});
