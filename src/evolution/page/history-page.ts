import { escapeHtml } from "../../page/escape-html.js";
import { pageFrame } from "../../page/page-frame.js";
import { historyIn, historyText } from "../history.js";
import { type HistoryRecord, versionsOf } from "../record/record.js";
import { type Cell, MOST_ROWS, pageRows, type PageRow } from "./page-rows.js";

const STYLE = `
:root { --page:#fff; --card:#f6f7f9; --text:#1b1f24; --soft:#57606a; --grid:#d8dee4;
  --there:#0072b2; --may:#7fb8d8; --old:#c2410c; --loose:#8a6d00; }
@media (prefers-color-scheme: dark) { :root { --page:#0d1117; --card:#161b22; --text:#e6edf3; --soft:#9ea7b3;
  --grid:#30363d; --there:#56b4e9; --may:#2d6a8f; --old:#ff9e57; --loose:#f0d95b; } }
* { box-sizing:border-box; }
body { margin:0; background:var(--page); color:var(--text); font:16px/1.5 system-ui,sans-serif; }
main { max-width:1200px; margin:0 auto; padding:1.5rem 1rem 3rem; }
h1 { margin:0 0 .25rem; font-size:1.6rem; line-height:1.25; overflow-wrap:anywhere; }
h2 { margin:2rem 0 .5rem; font-size:1.15rem; overflow-wrap:anywhere; }
.lead { margin:0 0 1rem; color:var(--soft); }
.legend { display:flex; flex-wrap:wrap; gap:.25rem 1.5rem; margin:0 0 1rem; padding:0; list-style:none; font-size:.9rem; }
.legend .mark { display:inline-block; width:2.4em; margin-right:.5em; vertical-align:middle; }
.scroll { overflow-x:auto; border:1px solid var(--grid); border-radius:8px; }
table { border-collapse:separate; border-spacing:0; width:100%; font-size:.875rem; }
th,td { padding:.2rem .35rem; border-bottom:1px solid var(--grid); }
tr:last-child > * { border-bottom:0; }
thead th { position:sticky; top:0; background:var(--card); color:var(--soft); font-weight:500;
  font-variant-numeric:tabular-nums; min-width:3.2em; }
tbody th { position:sticky; left:0; background:var(--page); text-align:left; font-weight:500;
  font-family:ui-monospace,monospace; white-space:nowrap; padding-left:calc(.6rem + var(--depth) * 1.1rem); }
td { text-align:center; }
.mark { display:block; height:1.15em; border-radius:3px; font-size:.8rem; line-height:1.15em; text-align:center; color:var(--page); }
.mandatory,.present { background:var(--there); }
.optional { background:transparent; border:2px solid var(--there); color:var(--text); line-height:.9em; }
.absent { color:var(--soft); }
.deprecated { background:repeating-linear-gradient(135deg,var(--old) 0 4px,transparent 4px 8px); border:2px solid var(--old); }
.unstable { border:2px dashed var(--loose); background:transparent; color:var(--text); }
.more { color:var(--soft); }
@media (max-width:700px) { tbody th { max-width:11rem; overflow:hidden; text-overflow:ellipsis; } }
@media print { :root { --page:#fff; --card:#fff; --text:#000; --soft:#444; --grid:#bbb; --there:#0072b2; --may:#7fb8d8;
    --old:#c2410c; --loose:#8a6d00; }
  body { font-size:11px; } main { max-width:none; padding:0; } .scroll { overflow:visible; border:0; }
  thead th, tbody th { position:static; } thead { display:table-header-group; } tr { break-inside:avoid; }
  .mark { -webkit-print-color-adjust:exact; print-color-adjust:exact; } }
`;

const words: Readonly<Record<Cell, string>> = {
  absent: "not there",
  mandatory: "there, mandatory",
  optional: "there, optional",
  present: "there",
};

const signs: Readonly<Record<Cell, string>> = { absent: "·", mandatory: "", optional: "", present: "" };

/** A page of versions against members, for some commands and events of a record. */
export function historyPage(record: HistoryRecord, names: readonly string[]): string {
  const versions = versionsOf(record);
  const span = `${versions[0] ?? ""} to ${versions.at(-1) ?? ""}`;
  const title = `History of ${names.join(", ")}`;
  const body = `<main>
<h1>${escapeHtml(title)}</h1>
<p class="lead">What QEMU ${escapeHtml(span)} takes and returns, as its builds told of themselves. Made by <code>qapi history --html</code>.</p>
<ul class="legend">
<li>${mark("mandatory", [])}there (mandatory)</li>
<li>${mark("optional", [])}optional</li>
<li>${mark("present", ["deprecated"])}deprecated</li>
<li>${mark("present", ["unstable"])}unstable</li>
<li>${mark("absent", [])}not there</li>
</ul>
${names.map((name) => section(record, name)).join("\n")}
</main>`;
  return pageFrame({ title, body, script: "", style: STYLE });
}

function section(record: HistoryRecord, name: string): string {
  const { versions, rows, complete } = pageRows(record, name);
  const head = versions.map((version) => `<th scope="col">${escapeHtml(version)}</th>`).join("");
  const more = complete
    ? ""
    : `<p class="more">Not all is shown: at most ${MOST_ROWS} rows, five steps deep.</p>`;
  return `<section>
<h2>${escapeHtml(name)}</h2>
<p class="lead">${escapeHtml(historyText(historyIn(record, name)))}</p>
<div class="scroll"><table>
<thead><tr><th scope="col" aria-label="member"></th>${head}</tr></thead>
<tbody>
${rows.map((row) => line(row, versions)).join("\n")}
</tbody>
</table></div>
${more}</section>`;
}

function line({ path, depth, cells }: PageRow, versions: readonly string[]): string {
  const name = path.split("/").at(-1) ?? path;
  const boxes = cells.map(({ state, features }, index) => {
    const told = [`${versions[index] ?? ""}: ${words[state]}`, ...features].join(", ");
    return `<td>${mark(state, features, told)}</td>`;
  });
  const side = path.split("/")[1];
  const shown = depth === 1 && side !== undefined ? `${side === "arg-type" ? "→" : "←"} ${name}` : name;
  return `<tr style="--depth:${depth}"><th scope="row" title="${escapeHtml(path)}">${escapeHtml(shown)}</th>${boxes.join("")}</tr>`;
}

function mark(state: Cell, features: readonly string[], told = ""): string {
  const marks = features.filter((feature) => feature === "deprecated" || feature === "unstable");
  const label = told === "" ? "" : ` title="${escapeHtml(told)}" role="img" aria-label="${escapeHtml(told)}"`;
  return `<span class="mark ${[state, ...marks].join(" ")}"${label}>${signs[state]}</span>`;
}
