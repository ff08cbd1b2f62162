import { pageFrame } from "../page/page-frame.js";

/** The interactive page; `script` is the build of `browser/explore.ts`, `style` that of `browser/lab.css`. */
export function explorePage({ script, style }: { readonly script: string; readonly style: string }): string {
  const body = `<main>
<h1>Throttle lab</h1>
<p class="lead">Move the sliders: the model of QEMU's migration runs in this page, with
<code>cpu-throttle-tailslow</code> off and on.</p>
<div class="explore">
<form id="controls" class="controls" aria-label="Guest, link and parameters"></form>
<div>
<p id="problem" class="problem" role="alert"></p>
<div id="summary" class="scroll" aria-live="polite"></div>
<div id="charts" class="charts"></div>
<p>The same on the command line:</p>
<code id="command" class="command"></code>
</div>
</div>
</main>`;
  return pageFrame({ title: "Throttle lab", body, script, style });
}
