import { isJsonObject, type JsonObject, type JsonValue } from "../../src/json/index.js";
import { exampleValue } from "../../src/stand-in/example-value.js";
import type { CommandVisit } from "../../src/visitor/qapi.js";
import type {
  AlternateVisit,
  ArrayVisit,
  EnumVisit,
  IntegerVisit,
  ObjectVisit,
  TypeVisit,
} from "../../src/visitor/type-visit.js";

/** A request that is wrong in one way. */
export interface WrongRequest {
  /** What is wrong with it. */
  readonly what: string;
  readonly request: JsonObject;
}

/**
 * Requests of one command that no QEMU takes: what is wrong stands in the envelope, or in its arguments at any
 * depth up to a bound.
 */
export function wrongRequests(name: string, command: CommandVisit, depth: number): WrongRequest[] {
  const requests: WrongRequest[] = [];
  const add = (what: string, request: JsonObject): void => {
    requests.push({ what: `${name}: ${what}`, request });
  };
  const type = command.arguments;
  const args = type === undefined ? {} : (exampleValue(type) as JsonObject);
  add("arguments are a list", { execute: name, arguments: [args] });
  add("arguments are null", { execute: name, arguments: null });
  add("arguments are text", { execute: name, arguments: "no" });
  add("an unknown member of the request", { execute: name, arguments: args, argument: {} });
  if (command.allowOob !== true) add("out of band", { "exec-oob": name, arguments: args });
  add("an unknown argument", { execute: name, arguments: { ...args, "no-such": 1n } });
  add("two unknown arguments", { execute: name, arguments: { zz: [], ...args, __proto_: null } });
  if (type !== undefined) {
    for (const { what, value } of wrongValues(type, args, depth))
      if (isJsonObject(value)) add(what, { execute: name, arguments: value });
  }
  return requests;
}

/** Requests that are wrong whatever commands there are. */
export const wrongEnvelopes: readonly WrongRequest[] = [
  { what: "an unknown command", request: { execute: "no-such-command", arguments: { x: 1n } } },
  { what: "an unknown command out of band", request: { "exec-oob": "no-such-command" } },
  { what: "a command that is no text", request: { execute: ["stop"] } },
  { what: "no command", request: { arguments: {} } },
  { what: "two commands", request: { execute: "query-name", "exec-oob": "query-name" } },
  { what: "an unknown member", request: { execute: "query-name", control: {} } },
  { what: "negotiation again", request: { execute: "qmp_capabilities" } },
];

interface WrongValue {
  readonly what: string;
  readonly value: JsonValue;
}

/** Values that a type does not allow, each made from a right one. */
function* wrongValues(
  type: TypeVisit<unknown>,
  right: JsonValue,
  depth: number,
): Generator<WrongValue, void, undefined> {
  yield* wrongKinds(type);
  switch (type.kind) {
    case "enum":
      yield { what: "an unknown value", value: `${(type as EnumVisit<string>).values[0]?.name ?? ""}-no` };
      yield { what: "no value", value: "" };
      break;
    case "array": {
      if (depth === 0) break;
      const { element } = type as ArrayVisit<unknown>;
      const one = exampleValue(element);
      for (const { what, value } of wrongValues(element, one, depth - 1)) {
        yield { what: `[0] ${what}`, value: [value] };
        yield { what: `[1] ${what}`, value: [one, value] };
      }
      break;
    }
    case "alternate":
      if (depth === 0) break;
      for (const { name, type: each } of (type as AlternateVisit<unknown>).alternatives.values()) {
        // What is of another kind is another alternative.
        for (const { what, value } of wrongValues(each, exampleValue(each), depth - 1))
          if (isJsonObject(value) && each.kind === "object") yield { what: `(${name}) ${what}`, value };
      }
      break;
    case "builtin":
      break;
    case "object":
      if (depth > 0 && isJsonObject(right)) yield* wrongObjects(type as ObjectVisit<unknown>, right, depth);
      break;
  }
}

/** Values of kinds that a type has nothing of. */
function* wrongKinds(type: TypeVisit<unknown>): Generator<WrongValue, void, undefined> {
  const kinds: readonly (readonly [string, JsonValue])[] = [
    ["null", null],
    ["boolean", true],
    ["string", "text"],
    ["integer", 1n],
    ["negative", -1n],
    ["beyond 64 bits", 2n ** 64n],
    ["fraction", 1.5],
    ["list", []],
    ["object", {}],
  ];
  for (const [kind, value] of kinds) {
    if (!mayBe(type, kind)) yield { what: `is ${kind}`, value };
  }
  // The others take any 64 bits, or nobody knows how wide they are.
  if (!/^u?int(8|16|32)$/.test(type.name)) return;
  const { minimum, maximum } = (type as IntegerVisit<unknown>).range;
  yield { what: "is too small", value: minimum - 1n };
  yield { what: "is too large", value: maximum + 1n };
}

function mayBe(type: TypeVisit<unknown>, kind: string): boolean {
  switch (type.kind) {
    case "enum":
      return kind === "string";
    case "array":
      return kind === "list";
    case "object":
      return kind === "object";
    case "alternate":
      return [...(type as AlternateVisit<unknown>).alternatives.values()].some((each) =>
        mayBe(each.type, kind),
      );
    case "builtin":
      break;
  }
  switch (type.name) {
    case "any":
      return true;
    case "str":
      return kind === "string";
    case "bool":
      return kind === "boolean";
    case "null":
      return kind === "null";
    case "number":
      return ["integer", "negative", "fraction", "beyond 64 bits"].includes(kind);
    default:
      // What no introspection tells: how wide it is, and whether it has a sign.
      return kind === "integer" || kind === "negative";
  }
}

function* wrongObjects(
  type: ObjectVisit<unknown>,
  right: JsonObject,
  depth: number,
): Generator<WrongValue, void, undefined> {
  yield { what: "an unknown member", value: { ...right, "no-such": {} } };
  for (const { name, type: each, optional } of type.members.values()) {
    if (!optional) {
      const others = Object.entries(right).filter(([each]) => each !== name);
      yield { what: `no ${name}`, value: Object.fromEntries(others) };
    }
    const value = right[name] ?? exampleValue(each);
    for (const wrong of wrongValues(each, value, depth - 1))
      yield { what: `${name} ${wrong.what}`, value: { ...right, [name]: wrong.value } };
  }
  const { variants } = type;
  if (variants === undefined) return;
  for (const [tag, branch] of variants.branches) {
    // The members that the example has of its own branch go.
    const common = Object.entries(right).filter(([name]) => type.members.has(name));
    const own = exampleValue(branch.type) as JsonObject;
    const whole: JsonObject = { ...Object.fromEntries(common), [variants.tag]: tag, ...own };
    for (const wrong of wrongObjects(branch.type, whole, depth - 1))
      yield { what: `(${tag}) ${wrong.what}`, value: wrong.value };
  }
}
