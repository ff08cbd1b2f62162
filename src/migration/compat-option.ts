import { visitCompatPolicy } from "../../generated/qapi/visitors/compat.js";
import { splitOption, splitOptions } from "../util/option-text.js";
import type { CompatPolicy } from "../visitor/compat-policy.js";
import { fromJson } from "../visitor/json-input.js";
import { VisitError } from "../visitor/visit-error.js";
import { Refusal } from "./refusal.js";

/**
 * The policy that QEMU's `-compat` describes: `deprecated-input=reject,unstable-output=hide`. The last of one
 * name counts.
 *
 * @throws {Refusal} with QEMU's words
 */
export function parseCompat(text: string): CompatPolicy {
  const refuse = (message: string): never => {
    throw new Refusal(`-compat ${text}: ${message}`);
  };
  const given = splitOptions(text).map((item): [name: string, value: string] => {
    const split = splitOption(item);
    const [name] = split ?? [item];
    if (!/^[A-Za-z0-9_-]+$/.test(name)) return refuse(`Invalid parameter '${name}'`);
    if (split !== undefined) return split;
    return refuse(
      name === "help" ? "Help is not available for this option" : `Expected '=' after parameter '${name}'`,
    );
  });
  try {
    return fromJson(visitCompatPolicy, Object.fromEntries(given));
  } catch (error) {
    if (!(error instanceof VisitError)) throw error;
    return refuse(error.message);
  }
}
