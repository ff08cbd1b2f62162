import type { ArrayDraft } from "./drafts.js";
import type { Resolution } from "./resolution.js";

/** An array has elements of a type that exists and is no array (QEMU's `QAPISchemaArrayType.check`). */
export function resolveArray(resolution: Resolution, { origin, element, linked }: ArrayDraft): void {
  if (linked || !origin) return;
  const { definition, span } = origin;
  if (resolution.byName.get(element)?.kind === "array") {
    resolution.report(definition, "array-of-arrays", span, [element]);
  } else {
    resolution.reportUnknownType(definition, definition.within.meta, { name: element, span });
  }
}
