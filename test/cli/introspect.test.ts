import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { introspect, type IntrospectOptions } from "../../src/cli/commands/introspect.js";
import { runCommand } from "../support/cli-run.js";
import { corpus } from "../support/shared-data.js";

const folder = mkdtempSync(join(tmpdir(), "qapi-introspect-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function run(path: string, options: Partial<IntrospectOptions> = {}) {
  return runCommand((context) =>
    introspect(path, { diagnostics: "qemu", docRules: "lenient", ...options }, context),
  );
}

const SCHEMA = `
{ 'pragma': { 'command-returns-exceptions': [ 'draw' ] } }
{ 'enum': 'Color', 'data': [ 'red', { 'name': 'green', 'if': 'HAVE_GREEN', 'features': [ 'unstable' ] } ] }
{ 'struct': 'Base', 'data': { 'color': 'Color', '*sizes': [ 'uint8' ] } }
{ 'union': 'Shape', 'base': 'Base', 'discriminator': 'color', 'data': { 'red': 'Red' } }
{ 'struct': 'Red', 'data': { 'depth': { 'type': 'size', 'if': 'HAVE_DEPTH', 'features': [ 'deprecated' ] } },
  'features': [ 'json-cli', { 'name': 'maybe', 'if': 'HAVE_DEPTH' } ] }
{ 'alternate': 'Either', 'data': { 'one': 'int32', 'other': 'Red' } }
{ 'command': 'draw', 'data': 'Shape', 'boxed': true, 'returns': [ 'Either' ], 'allow-oob': true,
  'features': [ 'unstable' ] }
{ 'command': 'hidden', 'data': { 'extra': 'Extra' }, 'if': 'HAVE_HIDDEN' }
{ 'struct': 'Extra', 'data': {} }
{ 'event': 'DRAWN', 'data': { 'where': 'str' } }
`;

const WHOLE = [
  {
    name: "draw",
    "meta-type": "command",
    "arg-type": "0",
    "ret-type": "[1]",
    "allow-oob": true,
    features: ["unstable"],
  },
  { name: "hidden", "meta-type": "command", "arg-type": "2", "ret-type": "3" },
  { name: "DRAWN", "meta-type": "event", "arg-type": "4" },
  {
    name: "0",
    "meta-type": "object",
    members: [
      { name: "color", type: "5" },
      { name: "sizes", type: "[int]", default: null },
    ],
    tag: "color",
    variants: [
      { case: "red", type: "6" },
      { case: "green", type: "3" },
    ],
  },
  { name: "[1]", "meta-type": "array", "element-type": "1" },
  { name: "1", "meta-type": "alternate", members: [{ type: "int" }, { type: "6" }] },
  { name: "2", "meta-type": "object", members: [{ name: "extra", type: "7" }] },
  { name: "3", "meta-type": "object", members: [] },
  { name: "4", "meta-type": "object", members: [{ name: "where", type: "str" }] },
  {
    name: "5",
    "meta-type": "enum",
    members: [{ name: "red" }, { name: "green", features: ["unstable"] }],
    values: ["red", "green"],
  },
  { name: "[int]", "meta-type": "array", "element-type": "int" },
  { name: "int", "meta-type": "builtin", "json-type": "int" },
  {
    name: "6",
    "meta-type": "object",
    members: [{ name: "depth", type: "int", features: ["deprecated"] }],
    features: ["json-cli", "maybe"],
  },
  { name: "7", "meta-type": "object", members: [] },
  { name: "str", "meta-type": "builtin", "json-type": "string" },
];

describe("qapi introspect", () => {
  it("lists commands, events, then the types they use", async () => {
    const { status, stdout, stderr } = await run(file("whole.json", SCHEMA));
    expect([status, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toEqual(WHOLE);
  });

  it("drops what is configured out, whose types keep their numbers all the same", async () => {
    const defines = file("defines", "# none of ours\n\nHAVE_GREEN # but this\n");
    const { stdout } = await run(file("conditions.json", SCHEMA), {
      definesFile: defines,
      define: ["OTHER"],
    });
    // With a command go its inline arguments, "2", though not the type of a member of theirs, "7".
    const left = structuredClone(WHOLE).filter((entry) => !["hidden", "2"].includes(entry.name));
    Object.assign(left.find((entry) => entry.name === "6") ?? {}, { members: [], features: ["json-cli"] });
    expect(JSON.parse(stdout)).toEqual(left);
  });

  it("keeps names where asked", async () => {
    const { stdout } = await run(file("unmask.json", SCHEMA), { unmask: true });
    const names = (JSON.parse(stdout) as { name: string }[]).map((entry) => entry.name);
    expect(names).toEqual(
      (
        "draw hidden DRAWN Shape [Either] Either q_obj_hidden-arg q_empty q_obj_DRAWN-arg " +
        "Color [int] int Red Extra str"
      ).split(" "),
    );
  });

  it("fails on a schema with a mistake", async () => {
    const path = file("wrong.json", "{ 'struct': 'Wrong', 'data': { 'b': 'Nosuch' } }\n");
    const { status, stdout, stderr } = await run(path);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("uses unknown type 'Nosuch'");
  });
});

describe.skipIf(corpus === undefined)("qapi introspect of QEMU's own schemas", () => {
  it.each([
    ["qemu-10.2.2", "introspect.json", false],
    ["qemu-10.2.2", "introspect-unmasked.json", true],
    ["qemu-7.2", "introspect.json", false],
  ])("equals %s/golden/%s", async (version, golden, unmask) => {
    const place = join(corpus ?? "", version);
    const { stdout } = await run(join(place, "qapi/qapi-schema.json"), {
      unmask,
      definesFile: join(place, "golden/defines.txt"),
    });
    expect(JSON.parse(stdout)).toEqual(JSON.parse(readFileSync(join(place, "golden", golden), "utf8")));
  });

  it.each(["qemu-10.2.2/golden/introspect.json", "qemu-7.2/golden/introspect.json"])(
    "gives back what a QEMU told: %s",
    async (told) => {
      const path = join(corpus ?? "", told);
      const { stdout } = await run(path);
      expect(JSON.parse(stdout)).toEqual(JSON.parse(readFileSync(path, "utf8")));
    },
  );
});
