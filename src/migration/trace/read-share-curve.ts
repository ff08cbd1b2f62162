import { JsonError, parseJson, type JsonValue } from "../../json/index.js";
import { ScenarioError } from "../simulator/scenario.js";
import type { SharePoint } from "../simulator/share-curve.js";

/**
 * Reads a share curve: a JSON list of `[percentage, share]` pairs, as in `[[20, 0.62], [50, 0.41]]`.
 *
 * @throws ScenarioError if the text is not one; the message does not name the file
 */
export function readShareCurve(text: string): SharePoint[] {
  let value: JsonValue;
  try {
    value = parseJson(text);
  } catch (error) {
    if (error instanceof JsonError) throw new ScenarioError(error.message);
    throw error;
  }
  if (!Array.isArray(value) || value.length === 0) {
    throw new ScenarioError("not a list of [percentage, share] pairs, as in [[20, 0.8], [50, 0.5]]");
  }
  return value.map(pointOf);
}

function pointOf(pair: JsonValue, index: number): SharePoint {
  const [percentage, share] = Array.isArray(pair) && pair.length === 2 ? pair.map(toNumber) : [];
  if (percentage === undefined || !(percentage >= 1 && percentage <= 99)) {
    throw new ScenarioError(`point ${index}: not a pair that begins with a percentage from 1 to 99`);
  }
  if (share === undefined || !(share >= 0 && share <= 1)) {
    throw new ScenarioError(`point ${index}: the share is not a number from 0 to 1`);
  }
  return [percentage, share];
}

function toNumber(value: JsonValue): number {
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : NaN;
}
