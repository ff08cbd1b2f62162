import { describe, expect, it } from "vitest";
import { generate } from "../../src/codegen/generate.js";
import { parseJson } from "../../src/json/index.js";
import {
  fromJson,
  resolve,
  toJson,
  VisitError,
  type ObjectVisit,
  type Qapi,
  type TypeVisit,
} from "../../src/visitor/index.js";
import { compileText } from "../support/compile-text.js";
import { importGenerated, writeGenerated } from "../support/generated-modules.js";
import { EVERYTHING } from "./everything.js";

const schema = compileText(EVERYTHING["main.json"], EVERYTHING);
// The runtime by its path: a folder of tests is no package that could import it by name.
const runtime = new URL("../../src/visitor/index.ts", import.meta.url).href;
const folder = writeGenerated(
  generate(schema, { products: ["types", "visitors", "commands", "events"], runtime }),
);
const library = await importGenerated(folder, "index.ts");

function visit(name: string): ObjectVisit<unknown> {
  return library[name] as ObjectVisit<unknown>;
}

function decode(type: TypeVisit<unknown>, text: string, strict = true): unknown {
  return fromJson(type, parseJson(text), { strict });
}

describe("generated code at run time", () => {
  it("decodes unions within unions, and what comes back from them", () => {
    const text =
      '{"kind": "group", "name": "n", "order": "by-key", "key": "k", "shapes": [{"kind": "circle", "radius": 3}]}';
    const shape = decode(visit("visitShape"), text);
    expect(shape).toEqual({
      kind: "group",
      name: "n",
      order: "by-key",
      key: "k",
      shapes: [{ kind: "circle", radius: 3 }],
    });
    expect(toJson(visit("visitShape"), shape)).toEqual(parseJson(text));
  });

  it("keeps tags and values that the schema does not know, when it may", () => {
    const text = '{"kind": "hexagon", "name": "n", "sides": 6}';
    expect(() => decode(visit("visitShape"), text)).toThrow(
      "Parameter 'kind' does not accept value 'hexagon'",
    );
    expect(decode(visit("visitShape"), text, false)).toEqual({ kind: "hexagon", name: "n", sides: 6n });
  });

  it("knows conditions, until they are resolved", () => {
    const child = '{"id": "i", "anything": 1}';
    expect(decode(visit("visitChild"), child)).toEqual({ id: "i", anything: 1n });
    expect(() => decode(resolve(visit("visitChild"), new Set(["CONFIG_A"])), child)).toThrow(
      "Parameter 'conditional' is missing",
    );
    const secret = '{"kind": "secret", "password": "x"}';
    expect(decode(visit("visitShape"), secret)).toEqual({ kind: "secret", password: "x" });
    expect(() => decode(resolve(visit("visitShape"), new Set()), secret)).toThrow(VisitError);
  });

  it("knows features", () => {
    expect(visit("visitChild").members.get("old-one")?.features).toEqual(["deprecated", "unstable", "other"]);
    const { values } = library["visitStatus"] as {
      values: readonly { name: string; features: readonly string[] }[];
    };
    expect(values.map(({ name, features }) => [name, features])).toEqual([
      ["good", []],
      ["bad", ["unstable"]],
      ["odd", []],
    ]);
  });

  it("has lists of values that cannot change", () => {
    expect(library["valuesOfStatus"]).toEqual(["good", "bad", "odd"]);
    expect(Object.isFrozen(library["valuesOfStatus"])).toBe(true);
  });

  it("takes names of the prototype for what they are", () => {
    expect(decode(visit("visitObject"), "{}")).toEqual({});
    expect(() => decode(visit("visitNothing"), '{"__proto__": {"id": "x"}}')).toThrow(
      "Parameter '__proto__' is unexpected",
    );
    expect(decode(visit("visitObject"), '{"constructor": "x"}')).toEqual({ constructor: "x" });
    expect(() => decode(visit("visitObject"), '{"constructor": 1}')).toThrow("expected: string");
  });

  it("names each command and event", () => {
    const { commands, events } = library["qapi"] as Qapi<Record<string, unknown>, Record<string, unknown>>;
    expect(Object.keys(commands)).toEqual([
      "draw",
      "nothing-at-all",
      "count-things",
      "first-of",
      "boxed-up",
      "open-ended",
      "no-answer",
    ]);
    expect(Object.keys(events)).toEqual(["SHAPE_DRAWN", "POWERDOWN"]);
    expect(commands["draw"]).toMatchObject({
      allowOob: true,
      allowPreconfig: true,
      features: ["deprecated"],
    });
    expect(commands["first-of"]?.returns?.name).toBe("StatusList");
    const { arguments: args } = commands["first-of"] ?? {};
    expect(args && decode(args, '{"list": ["odd", 5, null, ["x"], {"kind": "point"}]}')).toEqual({
      list: ["odd", 5n, null, ["x"], { kind: "point" }],
    });
  });
});
