import type { Problems } from "../../diagnostic/problems.js";
import type { Definition, Feature } from "../check/definition.js";
import { type Definitions, specialFeatures } from "./define.js";
import type { Resolution } from "./resolution.js";

/** Nothing has two features of one name; `owner` is the definition or one of its members. */
export function checkFeatureNames(
  resolution: Resolution,
  definition: Definition,
  { name, features }: { readonly name: string; readonly features: readonly Feature[] } = definition,
): void {
  if (features.length > 1) resolution.reportClashes(definition, "feature", features, name);
}

/** The features of a type: none twice, none of those that only members and commands can have. */
export function checkTypeFeatures(resolution: Resolution, definition: Definition): void {
  checkFeatureNames(resolution, definition);
  const special = definition.features.find((feature) => specialFeatures.has(feature.name));
  if (special) resolution.report(definition, "feature-not-for-types", special.span, [special.name]);
}

/** QEMU keeps the features of a schema as bits of a 64-bit number. */
const MOST_FEATURES = 64;

/** A schema does not have more features than QEMU has room for. */
export function checkFeatureCount({ features }: Definitions, problems: Problems): void {
  const surplus = [...features.values()][MOST_FEATURES - specialFeatures.size];
  if (!surplus) return;
  const { definition, feature } = surplus;
  const { span: anchor, within } = definition;
  problems.report("features-too-many", feature.span, [MOST_FEATURES], { anchor, within });
}
