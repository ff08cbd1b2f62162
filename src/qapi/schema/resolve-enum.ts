import { checkTypeFeatures } from "./check-features.js";
import type { EnumDraft } from "./drafts.js";
import { NameTable } from "./name-table.js";
import type { Resolution } from "./resolution.js";

/** An enum's values need names that differ (QEMU's `QAPISchemaEnumType.check`). */
export function resolveEnum(resolution: Resolution, { definition }: EnumDraft): void {
  if (!definition) return;
  checkTypeFeatures(resolution, definition);
  new NameTable(resolution, definition, "value", definition.name).addAll(definition.values);
}
