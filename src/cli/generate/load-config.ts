import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { check } from "../../../generated/documents/configuration.js";
import type { QapiConfig } from "../../codegen/config.js";
import { DocumentError } from "../../document/document-error.js";
import { checkDocument, readDocument } from "../../document/read-document.js";
import { CommandFailure } from "../command-failure.js";

const form = { name: "the configuration", member: "setting", check };

const names = ["qapi.config.ts", "qapi.config.js", "qapi.config.mjs", "qapi.config.json"];

/** The configuration of a folder, if it has one. */
export function findConfig(folder: string): string | undefined {
  return names.map((name) => join(folder, name)).find((path) => existsSync(path));
}

/**
 * Reads a configuration afresh, whatever was loaded before.
 *
 * @throws {CommandFailure}
 * @throws {DocumentError} with places in JSON
 */
export async function loadConfig(path: string): Promise<QapiConfig> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new CommandFailure(`${path}: there is no such file`);
  if (stat.isDirectory()) throw new CommandFailure(`${path} is a folder, not a configuration file`);
  if (path.endsWith(".json")) return readDocument(form, path, readFileSync(path, "utf8")) as QapiConfig;
  const value = await importConfig(path);
  checkDocument(form, path, value);
  return value as QapiConfig;
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
    throw new DocumentError(path, [{ message: error instanceof Error ? error.message : String(error) }]);
  }
}
