import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BrowserContext, Page } from "playwright-core";
import { runProgram } from "../../src/cli/program.js";
import { readBuiltFile } from "../../src/cli/throttle/built-file.js";
import { explorePage } from "../../src/lab/explore-page.js";
import { formatTime } from "../../src/lab/quantities.js";
import { chromium, openBrowser } from "../support/chromium.js";
import { runCommand } from "../support/cli-run.js";

interface Runs {
  runs: {
    status: string;
    totalTimeMs: number;
    downtimeMs: number;
    syncs: { timeMs: number; percentage: number }[];
  }[];
}

/** What a command line prints with `--json`. */
async function runsOf(words: readonly string[]): Promise<Runs["runs"]> {
  const { status, stdout } = await runCommand((context) => runProgram([...words, "--json"], context));
  expect(status).toBe(0);
  return (JSON.parse(stdout) as Runs).runs;
}

const views = (["light", "dark"] as const).flatMap((colorScheme) =>
  [1280, 1100, 800, 500, 400].map((width) => ({ colorScheme, width })),
);
/** How many colours a chart's canvas has; a script for the browser. */
const countColors = `(id) => {
  const canvas = document.querySelector("#" + id + " canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const seen = new Set();
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] === 255) seen.add(data.slice(i, i + 3).join());
  }
  return seen.size;
}`;

const charts = ["throttle", "dirty-rate", "remaining", "cpu-lost"];

describe.skipIf(chromium === undefined)("pages in a browser", () => {
  const folder = mkdtempSync(join(tmpdir(), "qapi-pages-"));
  const report = join(folder, "report.html");
  const words = ["throttle", "simulate", "--compare", "tailslow", "--set", "increment=25"];
  let browser: BrowserContext;
  let close: () => Promise<void>;
  let runs: Runs["runs"];

  beforeAll(async () => {
    ({ browser, close } = await openBrowser());
    runs = await runsOf([...words, "--html", report]);
    const [script, style] = [await readBuiltFile("lab/explore.js"), await readBuiltFile("lab/lab.css")];
    writeFileSync(join(folder, "explore.html"), explorePage({ script, style }));
  }, 60_000);

  afterAll(async () => {
    await close();
    rmSync(folder, { recursive: true });
  });

  /** Opens a page, with what it complains of and what it asks the network for. */
  async function open(
    name: string,
    { colorScheme, width }: (typeof views)[number] = { colorScheme: "light", width: 1280 },
  ): Promise<{ page: Page; problems: string[] }> {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on("console", (message) => problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("request", (request) => {
      if (!/^(file|data):/.test(request.url())) problems.push(request.url());
    });
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await page.goto(pathToFileURL(join(folder, name)).href);
    return { page, problems };
  }

  const summaryOf = (page: Page): Promise<string[][]> =>
    page.evaluate<string[][]>(
      "[...document.querySelectorAll('table.summary tbody tr')]" +
        ".map((row) => [...row.children].map((cell) => cell.textContent))",
    );

  /** What does not fit: the page, or a part of it that would have to be scrolled sideways. */
  const cutOff = (page: Page): Promise<string[]> =>
    page.evaluate<string[]>(
      "[document.documentElement, ...document.querySelectorAll('.scroll, figure, .part, .command')]" +
        ".filter((each) => each.scrollWidth > each.clientWidth + 1)" +
        ".map((each) => each.tagName + '.' + each.className)",
    );

  const told = ({ status, totalTimeMs, downtimeMs }: Runs["runs"][number]): string[] => [
    status,
    formatTime(totalTimeMs),
    formatTime(downtimeMs),
  ];

  it.each(views)("draw every chart, fit and do not complain: $colorScheme, $width px", async (view) => {
    for (const name of ["report.html", "explore.html"]) {
      const { page, problems } = await open(name, view);
      for (const id of charts) {
        expect((await page.locator(`#${id} canvas`).boundingBox())!.width).toBeGreaterThan(250);
        // Lines of more than one colour have been drawn.
        expect(await page.evaluate<number>(`(${countColors})("${id}")`)).toBeGreaterThanOrEqual(2);
        expect(await page.locator(`#${id} .plot`).getAttribute("aria-label")).toMatch(
          /over time\. .+ at the end/,
        );
      }
      expect(await cutOff(page)).toEqual([]);
      expect(await page.locator(".legend").count()).toBe(1);
      expect(problems).toEqual([]);
      await page.close();
    }
  });

  it("tell the simulator's numbers in the report's table", async () => {
    const { page } = await open("report.html");
    const rows = await summaryOf(page);
    expect(rows.map(([, ...cells]) => cells.slice(0, 3))).toEqual(runs.map(told));
    await page.close();
  });

  it("tell the simulator's numbers at any time, to the mouse and to the keyboard", async () => {
    const { page } = await open("report.html");
    const readOut = (): Promise<string[]> => page.locator("#throttle .readings output").allTextContents();
    const inForce = (timeMs: number): string[] =>
      runs.map(({ totalTimeMs, syncs }) => {
        if (timeMs > totalTimeMs + 1) return "";
        return `${syncs.findLast((sync) => sync.timeMs <= timeMs)?.percentage ?? 0} %`;
      });
    const end = Math.max(...runs.map(({ totalTimeMs }) => totalTimeMs));
    for (const share of [0.1, 0.4, 0.6, 0.8, 0.99]) {
      await page.locator(".time-slider input").fill(String(share * 1000));
      expect(await readOut()).toEqual(inForce(share * end));
    }
    // Pointing at one chart reads all of them.
    await page.locator("#remaining .u-over").scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await page.locator("#remaining .u-over").boundingBox())!;
    await page.mouse.move(x + width * 0.5, y + height / 2);
    expect(await readOut()).toEqual(inForce(end * 0.5));
    await page.close();
  });

  it("says what was simulated, well enough to run it again", async () => {
    const { page } = await open("report.html");
    const setup = await page.locator(".setup").innerText();
    for (const said of [
      "1.0 GiB",
      "512.0 MiB/s",
      "uniform",
      "1.2 GiB/s",
      "25 %",
      "varied",
      "qemu-7.2",
      "ideal",
    ]) {
      expect(setup).toContain(said);
    }
    expect(await page.locator(".setup .command").textContent()).toBe(
      `qapi ${words.join(" ")} --html ${report} --json`,
    );
    await page.close();
  });

  const sweeps = [
    { axes: ["increment=5,10,20", "dirty-rate=200M,800M"], maps: 1, cells: 6 },
    { axes: ["increment=1..40"], maps: 1, cells: 40 },
    { axes: ["increment=1..30", "dirty-rate=100M..1500M/50M"], maps: 1, cells: 870 },
    {
      axes: ["increment=5,10", "dirty-rate=1M,2G", "max-cpu=20,60,99", "tailslow=off,on"],
      maps: 6,
      cells: 24,
    },
  ];

  it.each(sweeps)("draws a sweep as heat maps: $axes", async ({ axes, maps, cells }) => {
    const file = join(folder, "sweep.html");
    const line = ["throttle", "simulate", ...axes.flatMap((axis) => ["--sweep", axis])];
    const results = await runsOf([...line, "--html", file]);
    const completed = results.filter(({ status }) => status === "completed");
    for (const [view, { colorScheme, width }] of views.entries()) {
      const { page, problems } = await open("sweep.html", { colorScheme, width });
      expect(await cutOff(page)).toEqual([]);
      expect(problems).toEqual([]);
      if (view === 0) {
        // One set of maps for the time, one for the CPU lost.
        expect(await page.locator(".heat-map").count()).toBe(2 * maps);
        const shown = await page.evaluate<string[]>(
          "[...document.querySelectorAll('.heats:first-of-type tbody td')].map((cell) => cell.title.split(': ')[1])",
        );
        expect(shown).toHaveLength(cells);
        expect(shown.filter((text) => text !== "given up").sort()).toEqual(
          completed.map(({ totalTimeMs }) => formatTime(totalTimeMs)).sort(),
        );
        const least = Math.min(...completed.map(({ totalTimeMs }) => totalTimeMs));
        expect(await page.locator(".heats .hint").first().textContent()).toContain(
          `Least: ${formatTime(least)} with`,
        );
        expect((await page.pdf({ format: "A4" })).length).toBeGreaterThan(10_000);
      }
      await page.close();
    }
  });

  it("can be read without a script", async () => {
    const page = await browser.newPage();
    const session = await browser.newCDPSession(page);
    await session.send("Emulation.setScriptExecutionDisabled", { value: true });
    await page.goto(pathToFileURL(report).href);
    expect(await page.locator("#charts canvas").count()).toBe(0);
    expect(await summaryOf(page)).toHaveLength(2);
    expect(await page.locator("details table").count()).toBe(2);
    await page.close();
  });

  it("are drawn in light colours on paper", async () => {
    const { page } = await open("report.html", { colorScheme: "dark", width: 1280 });
    expect((await page.pdf({ format: "A4" })).length).toBeGreaterThan(20_000);
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(13, 17, 23)");
    await page.close();
  });

  it("run the same core as the command line", async () => {
    const { page, problems } = await open("explore.html");
    const set = (name: string, value: string): Promise<void> => page.locator(`[name="${name}"]`).fill(value);
    const changes: (() => Promise<unknown>)[] = [
      () => Promise.resolve(),
      () => set("cpu-throttle-increment", "29"),
      () => page.locator('[name="pattern"]').selectOption("sweep"),
      () => page.locator('[name="preset"]').selectOption("database"),
      () => page.locator('[name="preset"]').selectOption("tail"),
      () => page.locator('[name="profile"]').selectOption("qemu-10.0"),
      () => page.locator('[name="share"]').selectOption("recorded"),
    ];
    for (const change of changes) {
      await change();
      await page.evaluate(
        "new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))",
      );
      const command = await page.locator("#command").textContent();
      const same = await runsOf(command!.split(" ").slice(1));
      const rows = await summaryOf(page);
      expect(rows.map(([, ...cells]) => cells.slice(0, 3))).toEqual(same.map(told));
    }
    expect(problems).toEqual([]);
    await page.close();
  });

  it("say what cannot be, and go on", async () => {
    const { page, problems } = await open("explore.html");
    await page.locator('[name="max-cpu-throttle"]').fill("5");
    await expect
      .poll(() => page.locator("#problem").textContent())
      .toBe("max-cpu-throttle (6) must not be below cpu-throttle-initial (20)");
    await page.locator('[name="cpu-throttle-initial"]').fill("0");
    await expect.poll(() => page.locator("#problem").textContent()).toBe("");
    expect(problems).toEqual([]);
    await page.close();
  });
});
