import { fromPointer, toPointer } from "../json/pointer.js";
import { didYouMean } from "../util/did-you-mean.js";
import { invariant } from "../util/invariant.js";

/** One thing that is wrong with a document. */
export interface ValidationProblem {
  /** Where: a JSON pointer (RFC 6901) into the document; of a missing member, the object that lacks it. */
  readonly pointer: string;
  /** What, to be read after the place: `must be a string`. */
  readonly message: string;
  readonly kind: "type" | "integer" | "value" | "missing" | "unexpected";
}

/** A check compiled from a JSON Schema by ajv, with keywords of ours among its own. */
export interface CompiledCheck {
  (value: unknown): boolean;
  /** What the last call found; null when that was nothing. */
  errors?: readonly CheckError[] | null;
}

/** An error as ajv reports it. */
interface CheckError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * Runs a compiled check.
 *
 * @param problems receives every problem found, if given
 * @returns whether there was none
 */
export function runCheck(check: CompiledCheck, value: unknown, problems?: ValidationProblem[]): boolean {
  try {
    if (check(value)) return true;
  } catch (error) {
    // Types that hold themselves are checked by recursion, which ends with the stack.
    if (!(error instanceof RangeError)) throw error;
    problems?.push({ pointer: "", message: "is nested too deeply", kind: "value" });
    return false;
  }
  for (const error of check.errors ?? []) problems?.push(toProblem(error, value));
  return false;
}

function toProblem({ instancePath: pointer, keyword, params }: CheckError, root: unknown): ValidationProblem {
  switch (keyword) {
    case "type":
    case "qapiAlternate":
      return { pointer, message: `must be ${kindNames(params["type"])}`, kind: "type" };
    case "qapiNumber":
      return { pointer, message: "must be a number", kind: "type" };
    case "qapiInteger":
      return wrongInteger(pointer, valueAt(root, pointer), String(params["range"]));
    case "required":
      return { pointer, message: `lacks the member '${String(params["missingProperty"])}'`, kind: "missing" };
    case "additionalProperties":
      return {
        pointer: pointer + toPointer([String(params["additionalProperty"])]),
        message: "is not expected here",
        kind: "unexpected",
      };
    case "qapiUnion":
      return wrongTag(pointer, String(params["tag"]), params["values"], root);
    case "enum":
      return wrongValue(pointer, valueAt(root, pointer), params["allowedValues"]);
    case "const":
      return wrongValue(pointer, valueAt(root, pointer), [params["allowedValue"]]);
    case "not":
      return { pointer, message: "cannot have any value", kind: "value" };
    default:
      invariant(false, `no words for what ajv found by '${keyword}'`);
  }
}

/** @param range `from MINIMUM to MAXIMUM` */
function wrongInteger(pointer: string, value: unknown, range: string): ValidationProblem {
  const problem = (message: string): ValidationProblem => ({ pointer, message, kind: "integer" });
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    const [minimum = 0n, maximum = 0n] = (range.match(/-?\d+/g) ?? []).map(BigInt);
    const integer = BigInt(value);
    if (integer >= minimum && integer <= maximum) {
      return problem(`wants a bigint: as a number, ${integer} is not exact`);
    }
  }
  return problem(`must be an integer ${range}`);
}

function wrongTag(pointer: string, tag: string, values: unknown, root: unknown): ValidationProblem {
  const tagPointer = pointer + toPointer([tag]);
  const value = valueAt(root, tagPointer);
  if (value === undefined) return { pointer, message: `lacks the member '${tag}'`, kind: "missing" };
  return wrongValue(tagPointer, value, values);
}

/** Longer lists of values are not shown: what is near to the wrong one is. */
const LISTED = 12;

function wrongValue(pointer: string, value: unknown, known: unknown): ValidationProblem {
  if (typeof value !== "string") return { pointer, message: "must be a string", kind: "type" };
  invariant(isTexts(known), "ajv lists the values it knows");
  return { pointer, message: `cannot be '${value}'${choices(value, known)}`, kind: "value" };
}

function choices(value: string, known: readonly string[]): string {
  if (known.length <= LISTED) return `, only ${known.map((name) => `'${name}'`).join(", ")}`;
  const [offer] = didYouMean(value, known);
  return offer === undefined ? `, only one of ${known.length} known values` : `; ${offer}`;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

const kindWords: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  null: "null",
  number: "a number",
  object: "an object",
  string: "a string",
};

function kindNames(kinds: unknown): string {
  return String(kinds)
    .split(",")
    .map((kind) => kindWords[kind] ?? kind)
    .join(" or ");
}

function valueAt(root: unknown, pointer: string): unknown {
  let value = root;
  for (const step of fromPointer(pointer)) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}
