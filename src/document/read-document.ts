import { fromPointer, isJsonObject, type JsonValue } from "../json/index.js";
import { didYouMean } from "../util/did-you-mean.js";
import { DocumentError, type DocumentProblem } from "./document-error.js";
import { DocumentText } from "./document-text.js";

/** An error as ajv reports it. */
interface DocumentFault {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** What is wrong. */
  readonly data?: unknown;
  /** In JSON Schema; `expected` says in words what must stand there. */
  readonly parentSchema?: { readonly expected?: string; readonly properties?: object };
}

/** A check that ajv has made of a JSON Schema. */
export interface DocumentCheck {
  (value: unknown): boolean;
  errors?: readonly DocumentFault[] | null;
}

/** A kind of document that comes from outside. */
interface DocumentForm {
  /** What the whole is called: `the scenario`. */
  readonly name: string;
  /** What the members of its objects are called; default `member`. */
  readonly member?: string;
  readonly check: DocumentCheck;
  /** What a part is called; default is its path with dots. */
  readonly partName?: (path: readonly string[]) => string;
}

/**
 * Reads a document of a known form.
 *
 * @param file its name, for messages
 * @returns the content as the form's check has seen it: integers that a number holds exactly are numbers, longer
 *   ones are texts
 * @throws {DocumentError} with the places of all that is wrong
 */
export function readDocument(form: DocumentForm, file: string, text: string): unknown {
  const document = new DocumentText(file, text);
  const value = plainValue(document.parse());
  checkDocument(form, file, value, (path, of) => document.placeOf(path, of));
  return value;
}

/**
 * Holds what was read to its form.
 *
 * @param placeOf where a part stands, where that can be said
 * @throws {DocumentError}
 */
export function checkDocument(
  form: DocumentForm,
  file: string,
  value: unknown,
  placeOf?: DocumentText["placeOf"],
): void {
  if (form.check(value)) return;
  const problems = new Map<string, DocumentProblem>();
  const faults = ownFaults(form.check.errors ?? []);
  for (const fault of faults) {
    const path = [...fromPointer(fault.instancePath), ...extraMember(fault)];
    const message = describe(form, fault);
    const of = fault.keyword === "additionalProperties" ? "name" : "value";
    problems.set(`${path.join("/")} ${message}`, { message, at: placeOf?.(path, of) });
    if (problems.size === MOST_PROBLEMS) break;
  }
  throw new DocumentError(file, [...problems.values()].sort(byPlace));
}

/** More are not told: what is wrong with one of a thousand entries is wrong with the others. */
const MOST_PROBLEMS = 20;

function byPlace({ at: a }: DocumentProblem, { at: b }: DocumentProblem): number {
  return a === undefined || b === undefined ? 0 : a.line - b.line || a.column - b.column;
}

/** JSON as ajv knows it. Nothing is rounded: what no number holds exactly becomes its text. */
function plainValue(value: JsonValue): unknown {
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (Array.isArray(value)) return value.map(plainValue);
  if (!isJsonObject(value)) return value;
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [name, member] of Object.entries(value)) copy[name] = plainValue(member);
  return copy;
}

/** What a choice failed to be, told just before it, is told by the choice itself; a condition by what it demands. */
function ownFaults(faults: readonly DocumentFault[]): readonly DocumentFault[] {
  const own: DocumentFault[] = [];
  for (const fault of faults) {
    if (fault.keyword === "if") continue;
    if (fault.keyword === "anyOf") {
      while (isWithin(own.at(-1)?.instancePath, fault.instancePath)) own.pop();
    }
    own.push(fault);
  }
  return own;
}

function isWithin(pointer: string | undefined, outer: string): boolean {
  return pointer === outer || pointer?.startsWith(`${outer}/`) === true;
}

function extraMember({ keyword, params }: DocumentFault): string[] {
  return keyword === "additionalProperties" ? [String(params["additionalProperty"])] : [];
}

function describe(
  { name, member = "member", partName = (path) => path.join(".") }: DocumentForm,
  { instancePath, keyword, params, data, parentSchema: { expected, properties = {} } = {} }: DocumentFault,
): string {
  const what = instancePath === "" ? name : partName(fromPointer(instancePath));
  const instead = (wanted: string): string => `${what} must be ${wanted}${notThis(keyword, data)}`;
  switch (keyword) {
    case "additionalProperties": {
      const extra = String(params["additionalProperty"]);
      return [`${what} has no ${member} '${extra}'`, ...didYouMean(extra, Object.keys(properties))].join(
        "; ",
      );
    }
    case "required":
      return `${what} lacks '${String(params["missingProperty"])}'`;
    case "discriminator":
      return `${what} has no known ${String(params["tag"])}`;
    case "enum":
      return instead(`one of ${[params["allowedValues"]].flat().join(", ")}`);
    case "const":
      return instead(JSON.stringify(params["allowedValue"]));
    default:
      return instead(expected ?? [params["type"]].flat().join(" or "));
  }
}

/** What stands there. Of a list or an object that only holds too little, its kind says nothing. */
function notThis(keyword: string, data: unknown): string {
  return keyword !== "type" && typeof data === "object" && data !== null ? "" : `, not ${shown(data)}`;
}

/** A value as it may stand in a message: in one line, and not long. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
