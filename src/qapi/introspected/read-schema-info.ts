import { entriesIn, findIntrospection } from "./find-introspection.js";
import type { SchemaInfo } from "./schema-info.js";

/** Data that is not what `query-qmp-schema` returns. */
export class SchemaInfoError extends Error {
  override readonly name = "SchemaInfoError";
}

/**
 * Reads what `query-qmp-schema` returns: the array, the whole reply around it, or a transcript that holds one.
 *
 * @throws {SchemaInfoError}
 */
export function readSchemaInfo(text: string): SchemaInfo[] {
  return schemaInfoIn(findIntrospection(text)?.data ?? parse(text));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

/**
 * The entries in a document that {@link findIntrospection} found.
 *
 * @throws {SchemaInfoError}
 */
export function schemaInfoIn(data: unknown): SchemaInfo[] {
  const entries = entriesIn(data);
  if (!Array.isArray(entries)) fail("it is neither a list nor a reply that returns one");
  return entries.map((entry: unknown, index) => {
    const problem = problemOf(entry);
    if (problem !== undefined) fail(`${nameOf(entry, index)} ${problem}`);
    return entry as SchemaInfo;
  });
}

function fail(problem: string): never {
  throw new SchemaInfoError(problem);
}

function nameOf(entry: unknown, index: number): string {
  return isObject(entry) && typeof entry["name"] === "string" ? `'${entry["name"]}'` : `entry ${index}`;
}

/** What an object's members must be; a `?` stands before those that may be absent. */
type Shape = Readonly<Record<string, (value: unknown) => boolean>>;

const text = (value: unknown): boolean => typeof value === "string";
const list =
  (item: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.every(item);
const object =
  (shape: Shape) =>
  (value: unknown): boolean =>
    isObject(value) && misfit(value, shape) === undefined;

const member: Shape = { name: text, type: text, "?features": list(text) };

const SHAPES: Readonly<Record<SchemaInfo["meta-type"], Shape>> = {
  command: { "arg-type": text, "ret-type": text },
  event: { "arg-type": text },
  builtin: { "json-type": text },
  enum: { "?values": list(text), "?members": list(object({ name: text, "?features": list(text) })) },
  array: { "element-type": text },
  object: {
    members: list(object(member)),
    "?tag": text,
    "?variants": list(object({ case: text, type: text })),
  },
  alternate: { members: list(object({ type: text })) },
};

/** What is wrong with an entry. Members that are not known here are left alone, as a client does. */
function problemOf(entry: unknown): string | undefined {
  if (!isObject(entry)) return "is no object";
  const { "meta-type": meta } = entry;
  if (typeof meta !== "string" || !Object.hasOwn(SHAPES, meta)) return "has no known meta-type";
  const key = misfit(entry, {
    name: text,
    "?features": list(text),
    ...SHAPES[meta as SchemaInfo["meta-type"]],
  });
  if (key !== undefined) return `has no proper '${key}'`;
  if (meta !== "enum" || "members" in entry || "values" in entry) return undefined;
  return "has neither 'members' nor 'values'";
}

/** The first member that is missing or of the wrong shape. */
function misfit(value: Readonly<Record<string, unknown>>, shape: Shape): string | undefined {
  for (const [key, fits] of Object.entries(shape)) {
    const optional = key.startsWith("?");
    const name = optional ? key.slice(1) : key;
    if (!Object.hasOwn(value, name)) {
      if (optional) continue;
      return name;
    }
    if (!fits(value[name])) return name;
  }
  return undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
