import type { ValueKind } from "../../json/value.js";
import type { BranchDefinition } from "../check/definition.js";
import { describeDefinition, describeMember } from "./describe.js";
import type { AlternateDraft } from "./drafts.js";
import type { Type } from "./model.js";
import { jsonKindOf } from "./alternative-for.js";
import { findClashes } from "./name-clashes.js";
import type { Resolution } from "./resolution.js";

/** The kinds that a type takes up: a string may also be meant where only text can be given. */
function kindsTaken(type: Type, kind: ValueKind): Set<ValueKind> {
  const taken = new Set<ValueKind>([kind]);
  if (type.kind === "enum") {
    for (const { name } of type.members) {
      if (/^[-+0-9.]/.test(name)) taken.add("number");
      if (name === "on" || name === "off") taken.add("boolean");
    }
  } else if (kind === "string") {
    taken.add("number").add("boolean");
  }
  return taken;
}

/** Fill in an alternate; its branches must be of different JSON kinds (QEMU's `QAPISchemaAlternateType.check`). */
export function resolveAlternate(resolution: Resolution, { definition, entity }: AlternateDraft): void {
  const { branches, name: owner, within } = definition;
  resolution.checkTypeFeatures(definition);
  const describe = (name: string): string => describeMember("branch", name, owner, within);
  const resolved = branches.map((branch) => ({
    branch,
    type: resolution.findOrReport(definition, describe(branch.name), branch.type)?.entity,
  }));
  const clashes = findClashes(branches);
  const takenBy = new Map<ValueKind, BranchDefinition>();
  entity.alternatives = resolved.flatMap(({ branch, type }) => {
    const other = clashes.get(branch);
    if (other) resolution.reportClash(definition, "branch", { ...branch, owner }, { ...other, owner });
    if (!type) return [];
    const { name, condition, span } = branch;
    const kind = jsonKindOf(type);
    if (!kind) {
      resolution.report(definition, "branch-type", branch.type.span, [
        describe(name),
        describeDefinition(type),
      ]);
      return [];
    }
    const taken = [...kindsTaken(type, kind)];
    const rival = taken.map((each) => takenBy.get(each)).find((each) => each !== undefined);
    if (rival) {
      const notes = [{ message: `branch '${rival.name}' is here`, span: rival.span }];
      resolution.report(definition, "alternate-ambiguous", span, [describe(name), rival.name], { notes });
    }
    for (const each of taken) takenBy.set(each, takenBy.get(each) ?? branch);
    return [{ name, type, condition, span }];
  });
}
