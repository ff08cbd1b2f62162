import type { Problems } from "../../diagnostic/problems.js";
import type { DocComment } from "../ast/doc.js";
import type { ObjectValue } from "../ast/expression.js";
import type { DefinitionKind } from "./definition.js";

/** Whether a doc comment has only sections that its definition may have (QEMU's `QAPIDoc.check_expr`). */
export function checkDocSections(
  problems: Problems,
  doc: DocComment,
  expression: ObjectValue,
  kind: DefinitionKind,
): void {
  const returns = doc.sections.find((section) => section.kind === "returns");
  if (kind === "command") {
    if (returns && !expression.members.has("returns"))
      problems.report("doc-returns-nothing", returns.span, []);
    return;
  }
  const errors = doc.sections.find((section) => section.kind === "errors");
  if (returns) problems.report("doc-section-of-command", returns.span, ["Returns"]);
  if (errors) problems.report("doc-section-of-command", errors.span, ["Errors"]);
}
