import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { ErrorObject } from "ajv";
import type { QapiConfig } from "../../codegen/config.js";
import { SourceFile } from "../../diagnostic/source.js";
import { JsonError, jsonPlaces, parseJson, placeOf } from "../../json/index.js";
import { escapeControls } from "../../util/escape-controls.js";
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
  const text = readConfig(path, isJson);
  const value = text === undefined ? await importConfig(path) : parseConfig(path, text);
  // Loaded only here: a run without a configuration is over sooner than ajv is loaded.
  const { Ajv } = await import("ajv");
  const check = new Ajv({ allErrors: true, verbose: true }).compile<QapiConfig>(configSchema);
  if (check(value)) return value;
  throw new ConfigError((check.errors ?? []).map((error) => describe(error, path, text)).join("\n"));
}

/**
 * The text of a JSON configuration; that of another kind is left to who runs it.
 *
 * @throws {ConfigError} when there is no such file
 */
function readConfig(path: string, isJson: boolean): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new ConfigError(`${path}: there is no such file`);
  if (stat.isDirectory()) throw new ConfigError(`${path} is a folder, not a configuration file`);
  return isJson ? readFileSync(path, "utf8") : undefined;
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
  { instancePath, message = "", params, keyword, data }: ErrorObject,
  path: string,
  text?: string,
): string {
  const place = text === undefined ? path : `${path}${position(path, text, instancePath)}`;
  const what = instancePath === "" ? "the configuration" : instancePath.slice(1).replaceAll("/", ".");
  switch (keyword) {
    case "additionalProperties": {
      const { additionalProperty: name } = params as { additionalProperty: string };
      return `${place}: ${what} has no setting '${name}'`;
    }
    case "enum": {
      const { allowedValues } = params as { allowedValues: readonly string[] };
      return `${place}: ${what} must be one of ${allowedValues.join(", ")}, not ${shown(data)}`;
    }
    case "type":
      return `${place}: ${what} ${message}, not ${shown(data)}`;
    default:
      return `${place}: ${what} ${message}`;
  }
}

/** A value as it may stand in a message: in one line, not long, and without control characters. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return escapeControls(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}

/** `:LINE:COLUMN` of a value in JSON text. */
function position(path: string, text: string, pointer: string): string {
  const place = placeOf(jsonPlaces(text), pointer);
  if (place === undefined) return "";
  const { line, column } = new SourceFile(path, text).position(place.start);
  return `:${line}:${column}`;
}
