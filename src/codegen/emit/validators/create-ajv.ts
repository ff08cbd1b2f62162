import { Ajv, type Options } from "ajv";
import { qapiAlternate, qapiInteger, qapiNumber, qapiUnion } from "./keywords.js";

/** What makes ajv quick at compiling hundreds of schemas. None of it changes what they accept. */
const lean: Options = {
  allErrors: true,
  messages: false,
  strict: false,
  meta: false,
  validateSchema: false,
  inlineRefs: false,
  // Else a long enum needs a function of ajv's at run time.
  loopEnum: Number.POSITIVE_INFINITY,
};

/**
 * An ajv that knows the keywords of `CheckDialect`.
 *
 * @param numbers see {@link qapiInteger}
 */
export function createAjv(numbers: Parameters<typeof qapiInteger>[0], options: Options): Ajv {
  const ajv = new Ajv({ ...lean, ...options });
  ajv.addVocabulary(["qapiTag", "qapiValues", "qapiMemory", "qapiHeld"]);
  ajv.addVocabulary([qapiInteger(numbers), qapiNumber, qapiUnion, qapiAlternate]);
  return ajv;
}
