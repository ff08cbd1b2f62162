import { resolveObject } from "./resolve-object.js";
import { describeDefinition } from "./describe.js";
import type { CommandDraft, EventDraft } from "./drafts.js";
import type { ObjectType } from "./model.js";
import type { Resolution } from "./resolution.js";

/** Fill in a command (QEMU's `QAPISchemaCommand.check`). */
export function resolveCommand(resolution: Resolution, draft: CommandDraft): void {
  const { definition, entity } = draft;
  resolution.reportClashes(definition, "feature", definition.features);
  entity.arguments = resolveArguments(resolution, draft);
  if (!definition.returns) return;
  const returns = resolution.findOrReport(definition, "command's 'returns'", definition.returns)?.entity;
  if (!returns) return;
  entity.returns = returns;
  if (resolution.pragma.commandReturnsExceptions.has(definition.name)) return;
  const unit = returns.kind === "array" ? returns.element : returns;
  if (unit.kind !== "object") {
    resolution.report(definition, "returns-type", definition.returns.span, [describeDefinition(returns)]);
  }
}

/** Fill in an event (QEMU's `QAPISchemaEvent.check`). */
export function resolveEvent(resolution: Resolution, draft: EventDraft): void {
  const { definition, entity } = draft;
  resolution.reportClashes(definition, "feature", definition.features);
  entity.arguments = resolveArguments(resolution, draft);
}

/** The arguments of a command or event are an object, and boxed when parameters cannot carry them. */
function resolveArguments(resolution: Resolution, draft: CommandDraft | EventDraft): ObjectType | undefined {
  const { kind, definition, data } = draft;
  if (!data) return undefined;
  const type = resolution.findOrReport(definition, `${kind}'s 'data'`, data);
  if (type?.kind !== "object") {
    if (type) {
      resolution.report(definition, "arguments-type", data.span, [kind, describeDefinition(type.entity)]);
    }
    return undefined;
  }
  if (type.union && !definition.boxed) {
    resolution.report(definition, "arguments-not-boxed", data.span, [kind, describeDefinition(type.entity)]);
  }
  resolveObject(resolution, type);
  if (!definition.boxed) {
    const conditional = resolution.conditionalMember(type.entity);
    if (conditional) resolution.report(definition, "arguments-conditional", conditional.span, [kind]);
  }
  return type.entity;
}
