import { cwd } from "node:process";
import type { LintConfig } from "../codegen/config.js";
import { findConfig, loadConfig } from "./generate/load-config.js";

/**
 * The `lint` part of a configuration: of the one named, else of the one in this folder if there is one.
 *
 * @throws {DocumentError} as {@link loadConfig} does
 */
export async function readLintSettings(path: string | undefined): Promise<LintConfig> {
  const config = path ?? findConfig(cwd());
  return config === undefined ? {} : ((await loadConfig(config)).lint ?? {});
}
