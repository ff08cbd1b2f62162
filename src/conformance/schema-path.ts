import { isJsonObject, type JsonValue } from "../json/index.js";
import { fromPointer } from "../json/index.js";
import type { Schema, Type } from "../qapi/schema/model.js";
import { alternativeFor } from "../qapi/schema/alternative-for.js";

/**
 * What of the schema a place in a message is about, in the grammar of `qapi history`:
 * `blockdev-add/arg-type/+nbd/server`. Elements of lists add nothing; what the schema does not know
 * ends the path with its name.
 *
 * @param name of the command or event
 * @param pointer into the message
 * @returns the name alone where the place is none that the schema describes
 */
export function schemaPath(schema: Schema, name: string, message: JsonValue, pointer: string): string {
  const definition = schema.definitions.get(name);
  if (definition?.kind !== "command" && definition?.kind !== "event") return name;
  const [key = "", ...keys] = fromPointer(pointer);
  const isReturn = key === "return" && definition.kind === "command";
  const isArgument = key === (definition.kind === "command" ? "arguments" : "data");
  if (!isReturn && !isArgument) return name;
  const type = isReturn ? definition.returns : definition.arguments;
  const steps = [name, isReturn ? "ret-type" : "arg-type"];
  let here = type;
  let value = memberOf(message, key);
  for (const each of keys) {
    here = chosen(here, value);
    if (here?.kind === "array") {
      here = here.element;
    } else {
      const step = here === undefined ? undefined : memberStep(here, value, each);
      for (const word of step?.words ?? [each]) steps.push(word);
      here = step?.type;
    }
    value = memberOf(value, each);
  }
  return steps.join("/");
}

/** The type that a value of an alternate is taken for. */
function chosen(type: Type | undefined, value: JsonValue | undefined): Type | undefined {
  if (type?.kind !== "alternate") return type;
  return value === undefined ? undefined : alternativeFor(type, value)?.type;
}

function memberStep(
  type: Type,
  value: JsonValue | undefined,
  name: string,
): { readonly words: readonly string[]; readonly type: Type } | undefined {
  if (type.kind !== "object") return undefined;
  const own = type.members.find((member) => member.name === name);
  if (own !== undefined) return { words: [name], type: own.type };
  const tag = type.variants && memberOf(value, type.variants.tag.name);
  const branch = type.variants?.branches.find((each) => each.name === tag);
  const within = branch && memberStep(branch.type, value, name);
  if (branch === undefined || within === undefined) return undefined;
  return { words: [`+${branch.name}`, ...within.words], type: within.type };
}

function memberOf(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (Array.isArray(value)) return value[Number(key)];
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
