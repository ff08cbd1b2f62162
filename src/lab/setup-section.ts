import { escapeHtml } from "../page/escape-html.js";
import type { DescribedPart } from "./plan-description.js";

/** What a page's runs have in common, and the command that makes the page again. */
export interface Setup {
  readonly parts: readonly DescribedPart[];
  readonly command: string;
}

/** What was simulated, as HTML: a list for each part, and the command line. */
export function setupSection({ parts, command }: Setup): string {
  const lists = parts.map(({ title, rows }) => {
    const terms = rows.map(
      ([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`,
    );
    return `<div class="part"><h3>${escapeHtml(title)}</h3><dl>${terms.join("")}</dl></div>`;
  });
  return `<section class="setup" aria-labelledby="setup"><h2 id="setup">What was simulated</h2>
<div class="parts">${lists.join("\n")}</div>
<p>The same again:</p>
<code class="command">${escapeHtml(command)}</code>
</section>`;
}
