import { Ajv, type ErrorObject } from "ajv";
import { JsonError, jsonPlaces, parseJson, placeOf, toPointer, type JsonValue } from "../../json/index.js";
import { positionIn } from "../../json/position.js";
import { applyDocument, DocumentError, type ScenarioDocument } from "../../lab/scenario-document.js";
import type { Plan } from "../../lab/plan.js";
import { profileNames } from "../../migration/profile/release.js";
import { didYouMean } from "../../util/did-you-mean.js";
import scenarioSchema from "./scenario.schema.json" with { type: "json" };

/** A scenario file that cannot be used: one line per problem, `FILE:LINE:COLUMN: …`. */
export class ScenarioFileError extends Error {
  override readonly name = "ScenarioFileError";
}

/** A scenario file's content, and the plan with all that it says. */
export interface LoadedScenario {
  readonly document: ScenarioDocument;
  readonly plan: Plan;
}

/**
 * Reads a scenario file's text.
 *
 * @param file its name, for messages
 * @throws ScenarioFileError with every problem's place
 */
export function readScenarioFile(file: string, text: string, plan: Plan): LoadedScenario {
  const document = parseDocument(file, text);
  try {
    return { document, plan: applyDocument(plan, document) };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    throw new ScenarioFileError(`${place(file, text, toPointer(error.path))}: ${error.message}`);
  }
}

function parseDocument(file: string, text: string): ScenarioDocument {
  let value: unknown;
  try {
    value = withPlainNumbers(parseJson(text));
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new ScenarioFileError(`${file}:${error.line}:${error.column}: ${error.problem}`);
  }
  const check = new Ajv({ allErrors: true, allowUnionTypes: true, verbose: true }).compile<ScenarioDocument>({
    ...scenarioSchema,
    properties: { ...scenarioSchema.properties, profile: { enum: profileNames } },
  });
  if (check(value)) return value;
  const problems = (check.errors ?? [])
    // What a choice failed to be is told by the choice itself.
    .filter(({ schemaPath }) => !schemaPath.includes("/anyOf/"))
    .map((error) => describe(error, file, text));
  throw new ScenarioFileError(problems.join("\nqapi: "));
}

/** ajv knows numbers only; no quantity of a scenario needs more than they hold. */
function withPlainNumbers(value: JsonValue): unknown {
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(withPlainNumbers);
  if (typeof value !== "object" || value === null) return value;
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [name, member] of Object.entries(value)) copy[name] = withPlainNumbers(member);
  return copy;
}

function describe(error: ErrorObject, file: string, text: string): string {
  const { instancePath, message = "", params, keyword, parentSchema } = error;
  const what = instancePath === "" ? "the scenario" : instancePath.slice(1).replaceAll("/", ".");
  if (keyword === "additionalProperties") {
    const { additionalProperty: name } = params as { additionalProperty: string };
    const known = Object.keys((parentSchema as { properties?: object } | undefined)?.properties ?? {});
    const help = didYouMean(name, known).map((sentence) => `; ${sentence}`);
    const pointer = `${instancePath}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    return `${place(file, text, pointer)}: ${what} has no member '${name}'${help.join("")}`;
  }
  if (keyword === "enum") {
    const { allowedValues } = params as { allowedValues: readonly string[] };
    return `${place(file, text, instancePath)}: ${what} must be ${allowedValues.join(" or ")}`;
  }
  if (keyword === "anyOf") {
    const { description = "something else" } = parentSchema as { description?: string };
    return `${place(file, text, instancePath)}: ${what} must be ${description}`;
  }
  return `${place(file, text, instancePath)}: ${what} ${message}`;
}

/** `FILE:LINE:COLUMN` of a value in JSON text. */
function place(file: string, text: string, pointer: string): string {
  const { line, column } = positionIn(text, placeOf(jsonPlaces(text), pointer)?.start ?? 0);
  return `${file}:${line}:${column}`;
}
