import type { Problems } from "../../diagnostic/problems.js";
import { invariant } from "../../util/invariant.js";
import type { DocComment } from "../ast/doc.js";
import type { Include, Pragma } from "../ast/document.js";
import type { Definition as CheckedDefinition } from "../check/definition.js";
import { resolveAlternate } from "./resolve-alternate.js";
import { resolveCommand, resolveEvent } from "./resolve-command.js";
import { resolveObject } from "./resolve-object.js";
import { defineEntities, type Definitions, specialFeatures } from "./define.js";
import type { ArrayDraft, Draft, EnumDraft } from "./drafts.js";
import { DocMatcher } from "./match-docs.js";
import type { Definition, Entity, Schema } from "./model.js";
import { Resolution } from "./resolution.js";

/** Definitions that are well shaped, and what they came with. */
interface CheckedSchema {
  readonly entries: readonly (CheckedDefinition | Include)[];
  readonly docs: readonly DocComment[];
  readonly pragma: Pragma;
  /** Path of the main file. */
  readonly main: string;
}

/**
 * Look at all definitions together: does every name mean something, and something that fits (QEMU's
 * `QAPISchema`)? Problems are reported in QEMU's order: names that are defined twice, then definition
 * by definition, then doc comments.
 * @param absolute makes a path absolute, with `.` and `..` worked out on the text
 * @returns the schema, or undefined when there were problems
 */
export function resolveSchema(
  { entries, docs, pragma, main }: CheckedSchema,
  absolute: (path: string) => string,
  problems: Problems,
): Schema | undefined {
  const definitions = defineEntities(entries, main, absolute, problems);
  const resolution = new Resolution(definitions, pragma, problems);
  const matcher = new DocMatcher(resolution, problems);
  for (const draft of definitions.drafts) {
    resolve(resolution, draft);
    matcher.connect(draft);
  }
  const completed = matcher.finish(docs);
  checkFeatureCount(definitions, problems);
  return problems.all.length > 0 ? undefined : assemble(definitions, completed);
}

function resolve(resolution: Resolution, draft: Draft): void {
  switch (draft.kind) {
    case "include":
    case "builtin":
      return;
    case "enum":
      resolveEnum(resolution, draft);
      return;
    case "array":
      resolveArray(resolution, draft);
      return;
    case "object":
      resolveObject(resolution, draft);
      return;
    case "alternate":
      resolveAlternate(resolution, draft);
      return;
    case "command":
      resolveCommand(resolution, draft);
      return;
    case "event":
      resolveEvent(resolution, draft);
  }
}

/** An enum's values need names that differ (QEMU's `QAPISchemaEnumType.check`). */
function resolveEnum(resolution: Resolution, { definition }: EnumDraft): void {
  if (!definition) return;
  resolution.checkTypeFeatures(definition);
  resolution.reportClashes(definition, "value", definition.values);
}

/** An array has elements of a type that exists and is no array (QEMU's `QAPISchemaArrayType.check`). */
function resolveArray(resolution: Resolution, { origin, element, linked }: ArrayDraft): void {
  if (linked || !origin) return;
  const { definition, span } = origin;
  if (resolution.byName.get(element)?.kind === "array") {
    resolution.report(definition, "array-of-arrays", span, [element]);
  } else {
    resolution.reportUnknownType(definition, definition.within.meta, { name: element, span });
  }
}

/** QEMU keeps the features of a schema as bits of a 64-bit number. */
const MOST_FEATURES = 64;

/** A schema does not have more features than QEMU has room for. */
function checkFeatureCount({ features }: Definitions, problems: Problems): void {
  const surplus = [...features.values()][MOST_FEATURES - specialFeatures.size];
  if (!surplus) return;
  const { definition, feature } = surplus;
  const { span: anchor, within } = definition;
  problems.report("features-too-many", feature.span, [MOST_FEATURES], { anchor, within });
}

function assemble({ drafts, modules }: Definitions, docs: readonly DocComment[]): Schema {
  const definitions = new Map<string, Definition>();
  const entities = new Map<string, Entity[]>([...modules].map((name) => [name, []]));
  for (const draft of drafts) {
    const module = entities.get(draft.kind === "include" ? draft.module : draft.entity.module);
    invariant(module !== undefined, "every module was met by an include");
    module.push(draft.entity);
    if (draft.kind !== "include") definitions.set(draft.entity.name, draft.entity);
  }
  return { modules: [...entities].map(([name, list]) => ({ name, entities: list })), definitions, docs };
}
