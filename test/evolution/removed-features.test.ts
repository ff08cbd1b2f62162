import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareSchemas, isIntrospection } from "../../src/evolution/compare-schemas.js";
import { shippedRecord } from "../../src/evolution/record/shipped-record.js";
import { tellHistory } from "../../src/evolution/tell-history.js";
import { compileSchema } from "../../src/qapi/index.js";
import { schemaFromIntrospection } from "../../src/qapi/introspected/schema-from-introspection.js";
import { corpus, evolution } from "../support/shared-data.js";

const sourceOf = (version: string): string => join(corpus ?? "", `qemu-${version}`, "qapi/qapi-schema.json");

/** What QEMU's own list of removed features says went between 7.2 and 10.2, as far as a schema can show it. */
const removed: readonly [release: string, path: string][] = [
  ["8.0", "query-sgx/ret-type/section-size"],
  ["8.0", "query-sgx-capabilities/ret-type/section-size"],
  ["9.0", "query-status/ret-type/singlestep"],
  ["9.1", "query-migrate/ret-type/ram/skipped"],
  ["9.1", "migrate/arg-type/inc"],
  ["9.1", "migrate/arg-type/blk"],
  ["9.1", "migrate-set-capabilities/arg-type/capabilities/capability/^block"],
  ["9.1", "migrate-set-capabilities/arg-type/capabilities/capability/^compress"],
  ["9.1", "migrate-set-parameters/arg-type/compress-level"],
  ["9.1", "migrate-set-parameters/arg-type/compress-threads"],
  ["9.1", "migrate-set-parameters/arg-type/compress-wait-thread"],
  ["9.1", "migrate-set-parameters/arg-type/decompress-threads"],
  ["9.1", "MEM_UNPLUG_ERROR"],
  ["9.1", "trace-event-get-state/arg-type/vcpu"],
  ["9.1", "trace-event-set-state/arg-type/vcpu"],
];

describe.skipIf(!existsSync(sourceOf("7.2")))("QEMU 7.2's source against 10.2.2's", () => {
  it("shows every removal, at its release, and announced as it was", async () => {
    const [old, next] = ["7.2", "10.2.2"].map((version) => compileSchema(sourceOf(version)).schema!);
    const changes = tellHistory(compareSchemas(old!, next!), await shippedRecord(), isIntrospection(next!));
    const told = changes.flatMap(({ path, alsoAt, fields, announced }) =>
      [path, ...alsoAt].map((each) => `${String(fields["removedIn"])} ${each} ${String(announced)}`),
    );
    for (const [release, path] of removed) expect(told).toContain(`${release} ${path} true`);
  });
});

type Entry = Record<string, unknown> & { name: string };
type Member = { name: string; type: string; default?: null };

const file = join(evolution ?? "", "introspect/10.0_x86_64.json");

describe.skipIf(evolution === undefined)("one edit of what QEMU 10.0 told of itself", () => {
  const text = evolution === undefined ? "[]" : readFileSync(file, "utf8");
  const entries = JSON.parse(text) as Entry[];
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const schemaOf = (list: readonly Entry[]) => schemaFromIntrospection("10.0.json", JSON.stringify(list));
  const old = evolution === undefined ? undefined : schemaOf(entries);

  /** By its own walk: whether a type is reached from arguments, and from what is returned or told. */
  const flows = new Map<string, Set<"in" | "out">>();
  const reach = (name: string, flow: "in" | "out"): void => {
    const known = flows.get(name) ?? new Set();
    if (known.has(flow)) return;
    flows.set(name, known.add(flow));
    const entry = byName.get(name);
    const inside = [
      ...((entry?.["members"] ?? []) as { type?: string }[]),
      ...((entry?.["variants"] ?? []) as { type?: string }[]),
      { type: entry?.["element-type"] as string | undefined },
    ];
    for (const { type } of inside) if (type !== undefined) reach(type, flow);
  };
  for (const entry of entries) {
    if (entry["meta-type"] === "command") {
      reach(entry["arg-type"] as string, "in");
      reach(entry["ret-type"] as string, "out");
    } else if (entry["meta-type"] === "event") reach(entry["arg-type"] as string, "out");
  }

  const objects = entries.filter(
    (entry) =>
      entry["meta-type"] === "object" && flows.has(entry.name) && (entry["members"] as Member[]).length > 0,
  );
  const enums = entries.filter((entry) => entry["meta-type"] === "enum" && flows.has(entry.name));
  const direction = (name: string): "in" | "out" | "both" => {
    const known = [...(flows.get(name) ?? [])];
    return known.length === 2 ? "both" : (known[0] ?? "in");
  };

  /** What the rules say, worst of the directions; edits of unstable things are a step milder. */
  const verdict = (flow: "in" | "out" | "both", sent: string, got: string): string => {
    const order = ["breaking", "dangerous", "note", "ok"];
    const levels = flow === "both" ? [sent, got] : [flow === "in" ? sent : got];
    return levels.sort((a, b) => order.indexOf(a) - order.indexOf(b))[0] ?? "ok";
  };

  const edited = (name: string, edit: (entry: Entry) => void): ReturnType<typeof compareSchemas> => {
    const copy = structuredClone(entries);
    edit(copy.find((entry) => entry.name === name)!);
    return compareSchemas(old!, schemaOf(copy));
  };
  const milder = (level: string): string =>
    level === "breaking" ? "dangerous" : level === "dangerous" ? "note" : level;

  const cases = {
    add: ["arg-added-optional", "ok", "ok"],
    demand: ["arg-added-mandatory", "breaking", "ok"],
    remove: ["member-removed", "breaking", "breaking"],
    loosen: ["member-made-optional", "ok", "breaking"],
    tighten: ["member-made-mandatory", "breaking", "ok"],
  } as const;

  it("is found, in its direction and at its level: members", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...objects),
        fc.nat(),
        fc.constantFrom(...(Object.keys(cases) as (keyof typeof cases)[])),
        (object, pick, kind) => {
          const list = object["members"] as Member[];
          const member = list[pick % list.length]!;
          // Without its tag a union is none.
          fc.pre(member.name !== object["tag"] || kind === "add" || kind === "demand");
          fc.pre(kind !== "loosen" || !("default" in member));
          fc.pre(kind !== "tighten" || "default" in member);
          const changes = edited(object.name, (entry) => {
            const members = entry["members"] as Member[];
            const at = members.findIndex(({ name }) => name === member.name);
            if (kind === "add") members.push({ name: "qapi-new", type: "str", default: null });
            if (kind === "demand") members.push({ name: "qapi-new", type: "str" });
            if (kind === "remove") members.splice(at, 1);
            if (kind === "loosen") members[at]!.default = null;
            if (kind === "tighten") delete members[at]!.default;
          });
          const [id, sent, got] = cases[kind];
          const flow = direction(object.name);
          const level = verdict(flow, sent, got);
          const wanted = flow === "out" && id.startsWith("arg-added") ? "member-added" : id;
          const found = changes.filter((change) => change.id === wanted);
          expect(found).toHaveLength(1);
          expect(found[0]?.direction).toBe(flow);
          expect([level, milder(level)]).toContain(found[0]?.level);
          expect(changes).toHaveLength(1);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("is found, in its direction and at its level: values", () => {
    fc.assert(
      fc.property(fc.constantFrom(...enums), fc.nat(), fc.boolean(), (type, pick, adds) => {
        const values = type["members"] as { name: string }[];
        const value = values[pick % values.length]!.name;
        const changes = edited(type.name, (entry) => {
          const list = entry["members"] as { name: string }[];
          if (adds) list.push({ name: "qapi-new" });
          else
            list.splice(
              list.findIndex(({ name }) => name === value),
              1,
            );
          entry["values"] = list.map(({ name }) => name);
        });
        const flow = direction(type.name);
        const level = adds ? verdict(flow, "ok", "dangerous") : verdict(flow, "breaking", "note");
        const found = changes.filter(({ id }) => id === (adds ? "enum-value-added" : "enum-value-removed"));
        expect(found).toHaveLength(1);
        expect(found[0]?.direction).toBe(flow);
        expect([level, milder(level)]).toContain(found[0]?.level);
      }),
      { numRuns: 30 },
    );
  });
});
