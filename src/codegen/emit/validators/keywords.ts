import {
  _,
  Name,
  nil,
  str,
  stringify,
  type Code,
  type CodeGen,
  type CodeKeywordDefinition,
  type KeywordCxt,
} from "ajv";
import type { BuiltinName } from "../../../qapi/schema/model.js";
import { documentRange, type IntegerRange } from "../../../qapi/schema/integer-range.js";
import type { JsonSchema } from "../../json-schema/type-schema.js";

/*
 * What JSON Schema lacks: integers without loss, and unions and alternates that say what is wrong
 * with the branch that applies, and nothing of the others. Each is a keyword that emits code, so
 * that it costs what ajv's own do.
 */

/**
 * `{qapiInteger: "uint8"}`: an integer of that type, as a `bigint` or a `number` that is exact. With
 * `qapiMemory: "number"` it is one that a number holds exactly; with `"string"` it may be a decimal text.
 *
 * @param numbers whether a `number` can be an integer. In a document that `parseJson` has read it is none,
 *   since it comes from `1.0` there: a check that is given such documents only need not look. One that is
 *   given values of programs as well asks how the number was written.
 */
export function qapiInteger(numbers: "may-be-integers" | "are-no-integers"): CodeKeywordDefinition {
  return {
    keyword: "qapiInteger",
    schemaType: "string",
    error: {
      message: "must be an integer",
      params: ({ schema, parentSchema }) => {
        const memory = (parentSchema as JsonSchema)["qapiMemory"];
        return _`{range: ${rangeText(schema as BuiltinName, memory)}}`;
      },
    },
    code(cxt) {
      const { data, gen, it } = cxt;
      const memory = (cxt.parentSchema as JsonSchema)["qapiMemory"];
      const { minimum, maximum } = rangeInMemory(cxt.schema as BuiltinName, memory);
      const outside = _`${data} < ${constant(gen, minimum)} || ${data} > ${constant(gen, maximum)}`;
      const spelling = _`${spellingName}.noted && ${wasFractionName}(${it.parentData}, ${it.parentDataProperty}, ${data})`;
      const number =
        numbers === "may-be-integers" ? _`${unfitNumber(data, minimum, maximum)} || (${spelling})` : _`true`;
      const text = _`!${isIntegerTextName}(${data}, ${constant(gen, minimum)}, ${constant(gen, maximum)})`;
      const other = memory === "string" ? _`typeof ${data} == "string" ? ${text} : ${number}` : number;
      cxt.fail(_`typeof ${data} == "bigint" ? ${outside} : ${other}`);
    },
  };
}

/** A bigint compares fastest with a bigint. */
function constant(gen: CodeGen, value: bigint): Name {
  return gen.scopeValue("obj", {
    key: value,
    ref: value,
    code: _`/* @__PURE__ */ BigInt(${value.toString()})`,
  });
}

function unfitNumber(data: Code, minimum: bigint, maximum: bigint): Code {
  const isSafe = _`Number.isSafeInteger(${data})`;
  if (maximum > Number.MAX_SAFE_INTEGER) return _`!${isSafe}`;
  return _`!(${isSafe} && ${data} >= ${Number(minimum)} && ${data} <= ${Number(maximum)})`;
}

/** What the runtime has for these. */
const spellingName = new Name("spelling");
const wasFractionName = new Name("wasFraction");
const isIntegerTextName = new Name("isIntegerText");

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

function rangeInMemory(name: BuiltinName, memory: unknown): IntegerRange {
  const range = documentRange(name);
  if (memory !== "number") return range;
  const minimum = range.minimum < -MAX_SAFE ? -MAX_SAFE : range.minimum;
  return { minimum, maximum: range.maximum > MAX_SAFE ? MAX_SAFE : range.maximum };
}

function rangeText(name: BuiltinName, memory: unknown): string {
  const { minimum, maximum } = rangeInMemory(name, memory);
  return `from ${minimum} to ${maximum}`;
}

/** `{qapiNumber: true}`: a number of any kind. */
export const qapiNumber: CodeKeywordDefinition = {
  keyword: "qapiNumber",
  schemaType: "boolean",
  error: { message: "must be a number" },
  code(cxt) {
    cxt.fail(_`typeof ${cxt.data} != "bigint" && !Number.isFinite(${cxt.data})`);
  },
};

/**
 * `{qapiUnion: [{qapiValues: ["a", "b"], …}, …], qapiTag: "type"}`: the object of the branch that
 * the tag selects. A branch without values takes what no other does.
 */
export const qapiUnion: CodeKeywordDefinition = {
  keyword: "qapiUnion",
  type: "object",
  schemaType: "array",
  error: {
    message: "must have a known tag",
    params: ({ params }) => _`{tag: ${params["tag"]}, values: ${params["values"]}}`,
  },
  code(cxt) {
    const { gen, data } = cxt;
    const branches = cxt.schema as readonly { readonly qapiValues: readonly string[] }[];
    const tag = String((cxt.parentSchema as JsonSchema)["qapiTag"]);
    const value = gen.const("tag", _`Object.hasOwn(${data}, ${tag}) ? ${data}[${tag}] : undefined`);
    const valid = gen.name("valid");
    const fallback = branches.findIndex((branch) => branch.qapiValues.length === 0);
    gen.if(false);
    branches.forEach(({ qapiValues: values }, index) => {
      if (index === fallback) return;
      gen.elseIf(anyOf(values.map((name) => _`${value} === ${name}`)));
      cxt.subschema({ keyword: "qapiUnion", schemaProp: index }, valid);
    });
    if (fallback !== -1) {
      gen.elseIf(_`typeof ${value} == "string"`);
      cxt.subschema({ keyword: "qapiUnion", schemaProp: fallback }, valid);
    }
    gen.else();
    cxt.error(false, { tag: _`${tag}`, values: stringify(branches.flatMap((branch) => branch.qapiValues)) });
    gen.endIf();
  },
};

/** `{qapiAlternate: {string: …, object: …}}`: a value of one of these JSON kinds that fits its schema. */
export const qapiAlternate: CodeKeywordDefinition = {
  keyword: "qapiAlternate",
  schemaType: "object",
  error: {
    message: "must be of another JSON kind",
    params: ({ schema }) => _`{type: ${Object.keys(schema as object).join()}}`,
  },
  code(cxt) {
    const { gen, data } = cxt;
    const valid = gen.name("valid");
    gen.if(false);
    for (const kind of Object.keys(cxt.schema as object)) {
      gen.elseIf(isOfKind(kind, data));
      cxt.subschema({ keyword: "qapiAlternate", schemaProp: kind }, valid);
    }
    gen.else();
    cxt.error();
    gen.endIf();
  },
};

/**
 * `{qapiType: "NAME"}`: a value for which the function `check_NAME` finds no error. With `qapiHeld: true` the
 * value may be a number, and the function asks of what holds it how it was written.
 */
export const qapiType: CodeKeywordDefinition = {
  keyword: "qapiType",
  schemaType: "string",
  code(cxt) {
    const { gen, data, it } = cxt;
    const check = new Name(checkName(cxt.schema as string));
    const instancePath = str`${instancePathName}${it.errorPath}`;
    const isHeld = (cxt.parentSchema as JsonSchema)["qapiHeld"] === true;
    const holder = _`, parentData: ${it.parentData}, parentDataProperty: ${it.parentDataProperty}`;
    cxt.pass(_`${check}(${data}, {instancePath: ${instancePath}${isHeld ? holder : nil}})`, () => {
      gen.assign(
        errorsName,
        _`${errorsName} === null ? ${check}.errors : ${errorsName}.concat(${check}.errors)`,
      );
      gen.assign(errorCountName, _`${errorsName}.length`);
    });
  },
};

/** Variables of every function that ajv emits. */
const instancePathName = new Name("instancePath");
const errorsName = new Name("vErrors");
const errorCountName = new Name("errors");

/** The identifier of the function that checks a type. Different names give different ones. */
export function checkName(name: string): string {
  const identifier = name.replace(/[^A-Za-z0-9_]/g, (character) =>
    character === "-" ? "$" : `$${character.charCodeAt(0).toString(16)}$`,
  );
  return `check_${identifier}`;
}

function anyOf(conditions: readonly Code[]): Code {
  return conditions.reduce((all, condition) => _`${all} || ${condition}`);
}

function isOfKind(kind: string, data: KeywordCxt["data"]): Code {
  switch (kind) {
    case "null":
      return _`${data} === null`;
    case "array":
      return _`Array.isArray(${data})`;
    case "object":
      return _`typeof ${data} == "object" && ${data} !== null && !Array.isArray(${data})`;
    case "number":
      return _`typeof ${data} == "number" || typeof ${data} == "bigint"`;
    default:
      return _`typeof ${data} == ${kind}`;
  }
}
