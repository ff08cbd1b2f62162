import { check } from "../../generated/documents/scenario.js";
import { DocumentText } from "../document/document-text.js";
import { readDocument } from "../document/read-document.js";
import type { Plan } from "./plan.js";
import { applyDocument, ScenarioPartError, type ScenarioDocument } from "./scenario-document.js";

const form = { name: "the scenario", check };

/** A scenario file's content, and the plan with all that it says. */
interface LoadedScenario {
  readonly document: ScenarioDocument;
  readonly plan: Plan;
}

/**
 * Reads a scenario file's text.
 *
 * @param file its name, for messages
 * @throws {DocumentError} with every problem's place
 */
export function readScenarioFile(file: string, text: string, plan: Plan): LoadedScenario {
  const document = readDocument(form, file, text) as ScenarioDocument;
  try {
    return { document, plan: applyDocument(plan, document) };
  } catch (error) {
    if (!(error instanceof ScenarioPartError)) throw error;
    throw new DocumentText(file, text).error(error.path, error.message);
  }
}
