import { escapeHtml } from "./escape-html.js";

/** What makes a page. Script and style come from the build, the body is HTML. */
interface PageParts {
  readonly title: string;
  readonly body: string;
  /** Must not hold `</script`; what esbuild writes does not. Empty for a page without a script. */
  readonly script: string;
  readonly style: string;
  /** For the script, as JSON in an element with the id `data`. */
  readonly data?: unknown;
}

/** Everything is in the page: a browser that heeds the policy could not load anything else. */
const POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:";

/** A whole page that needs nothing else. */
export function pageFrame({ title, body, script, style, data = null }: PageParts): string {
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
${script === "" ? "" : `<script type="application/json" id="data">${json}</script>\n<script>${script}</script>\n`}</body>
</html>
`;
}
