import { code, escapeMarkdown } from "../findings/render/markdown.js";
import { groupBy } from "../util/lists.js";
import type { Change } from "./change.js";
import { describeChange } from "./describe-change.js";
import { rootOf } from "./path/path-query.js";

/** What is told of a release: its parts in this order, each change in the first that takes it. */
const parts: readonly { readonly title: string; readonly takes: (change: Change) => boolean }[] = [
  { title: "Incompatible", takes: ({ level }) => level === "breaking" },
  { title: "May need care", takes: ({ level }) => level === "dangerous" },
  {
    title: "Deprecated",
    takes: ({ id, fields }) => id === "feature-gained" && fields["feature"] === "deprecated",
  },
  { title: "New commands and events", takes: ({ id }) => id === "command-added" || id === "event-added" },
  { title: "New", takes: ({ id }) => id.includes("-added") && !id.startsWith("if-") },
  { title: "Promised to stay", takes: ({ id }) => id === "feature-lost" },
  { title: "Depends on how QEMU was built", takes: ({ id }) => id.startsWith("if-") },
  { title: "Names in generated code", takes: ({ id }) => id === "type-renamed" || id === "definition-moved" },
  { title: "Other", takes: () => true },
];

/** Everything that changed, as Markdown that reads like release notes. */
export function changelog(changes: readonly Change[], old: string, next: string): string {
  const lines = [`# From ${escapeMarkdown(old)} to ${escapeMarkdown(next)}`, ""];
  if (changes.length === 0) lines.push("Nothing changed for clients.", "");
  const left = new Set(foldBranches(changes));
  for (const { title, takes } of parts) {
    const taken = [...left].filter(takes);
    if (taken.length === 0) continue;
    for (const change of taken) left.delete(change);
    lines.push(`## ${title}`, "");
    for (const [root, group] of byRoot(taken)) {
      lines.push(`- ${code(root)}`);
      for (const change of group) lines.push(`  - ${entry(change)}`);
    }
    lines.push("");
  }
  return `${lines.join("\n").trimEnd()}\n`;
}

/** A value and its branch come and go together: one line tells both. */
function foldBranches(changes: readonly Change[]): readonly Change[] {
  const valueOf = ({ path }: Change, value: unknown): string => `${rootOf(path)} ${String(value)}`;
  const values = new Set(
    changes
      .filter(({ id }) => id === "enum-value-added")
      .map((change) => valueOf(change, change.fields["value"])),
  );
  return changes.filter(
    (change) =>
      change.id !== "branch-added" ||
      change.fields["empty"] !== true ||
      !values.has(valueOf(change, change.fields["branch"])),
  );
}

function byRoot(changes: readonly Change[]): [root: string, changes: Change[]][] {
  return [...groupBy(changes, ({ path }) => rootOf(path))].sort(([a], [b]) => (a < b ? -1 : 1));
}

function entry(change: Change): string {
  const { path, announced, fields, usedBy, level, because } = change;
  const where = path.includes("/") ? ` (${code(path)})` : "";
  const remarks = [
    announced === true ? "announced" : announced === false ? "not announced" : "",
    fields["optional"] === true && change.id === "member-added" ? "optional" : "",
    Array.isArray(fields["features"]) ? fields["features"].join(", ") : "",
    typeof fields["type"] === "string" ? fields["type"] : "",
  ].filter((remark) => remark !== "");
  const others = usedBy.filter((name) => name !== rootOf(path));
  const also =
    others.length > 0
      ? `; also ${others.slice(0, 5).map(code).join(", ")}${others.length > 5 ? ` and ${others.length - 5} more` : ""}`
      : "";
  const why = level === "breaking" || level === "dangerous" ? `. ${escapeMarkdown(capital(because))}` : "";
  const note = remarks.length > 0 ? `, ${escapeMarkdown(remarks.join(", "))}` : "";
  return `${escapeMarkdown(describeChange(change))}${where}${note}${also}${why}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
