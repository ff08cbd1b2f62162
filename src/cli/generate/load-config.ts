import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { ErrorObject } from "ajv";
import type { QapiConfig } from "../../codegen/config.js";
import { SourceFile } from "../../diagnostic/source.js";
import { JsonError, jsonPlaces, parseJson, placeOf } from "../../json/index.js";
import configSchema from "./config.schema.json" with { type: "json" };

/** A configuration that cannot be used. The message names the file and, in JSON, the place. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

const NAMES = ["qapi.config.ts", "qapi.config.js", "qapi.config.mjs", "qapi.config.json"];

/** The configuration of a folder, if it has one. */
export function findConfig(folder: string): string | undefined {
  return NAMES.map((name) => join(folder, name)).find((path) => existsSync(path));
}

/**
 * Reads a configuration afresh, whatever was loaded before.
 *
 * @throws {ConfigError}
 */
export async function loadConfig(path: string): Promise<QapiConfig> {
  const isJson = path.endsWith(".json");
  const text = isJson ? readFileSync(path, "utf8") : undefined;
  const value = text === undefined ? await importConfig(path) : parseConfig(path, text);
  // Loaded only here: a run without a configuration is over sooner than ajv is loaded.
  const { Ajv } = await import("ajv");
  const check = new Ajv({ allErrors: true }).compile<QapiConfig>(configSchema);
  if (check(value)) return value;
  throw new ConfigError((check.errors ?? []).map((error) => describe(error, path, text)).join("\n"));
}

function parseConfig(path: string, text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new ConfigError(`${path}:${error.line}:${error.column}: ${error.problem}`);
  }
}

/** TypeScript is read by jiti, which does not keep modules: a changed file is read anew. */
async function importConfig(path: string): Promise<unknown> {
  const { createJiti } = await import("jiti");
  const jiti = createJiti(pathToFileURL(resolve(dirname(path), "x")).href, {
    moduleCache: false,
    fsCache: false,
  });
  try {
    return await jiti.import(resolve(path), { default: true });
  } catch (error) {
    throw new ConfigError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function describe(
  { instancePath, message = "", params, keyword }: ErrorObject,
  path: string,
  text?: string,
): string {
  const place = text === undefined ? path : `${path}${position(path, text, instancePath)}`;
  const what = instancePath === "" ? "the configuration" : instancePath.slice(1).replaceAll("/", ".");
  if (keyword !== "additionalProperties") return `${place}: ${what} ${message}`;
  const { additionalProperty: name } = params as { additionalProperty: string };
  return `${place}: ${what} has no setting '${name}'`;
}

/** `:LINE:COLUMN` of a value in JSON text. */
function position(path: string, text: string, pointer: string): string {
  const place = placeOf(jsonPlaces(text), pointer);
  if (place === undefined) return "";
  const { line, column } = new SourceFile(path, text).position(place.start);
  return `:${line}:${column}`;
}
