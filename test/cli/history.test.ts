import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { runProgram } from "../../src/cli/program.js";
import { chromium, openBrowser } from "../support/chromium.js";
import { type CliOutcome, runCommand } from "../support/cli-run.js";

const folder = mkdtempSync(join(tmpdir(), "qapi-history-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const run = (...words: string[]): Promise<CliOutcome> =>
  runCommand((context) => runProgram(["history", ...words], context));

const introspection = (name: string, members: readonly object[]): string => {
  const path = join(folder, name);
  writeFileSync(
    path,
    JSON.stringify({
      return: [
        { name: "c", "meta-type": "command", "arg-type": "1", "ret-type": "0" },
        { name: "0", "meta-type": "object", members: [] },
        { name: "1", "meta-type": "object", members },
        { name: "str", "meta-type": "builtin", "json-type": "string" },
      ],
    }),
  );
  return path;
};

const older = introspection("9.2_x86_64.json", [{ name: "x", type: "str" }]);
const newer = introspection("10.0.json", [
  { name: "x", type: "str", default: null, features: ["deprecated"] },
]);

describe("qapi history", () => {
  it("answers in words and as JSON", async () => {
    expect(await run("migrate/arg-type/channels", "migrate")).toEqual({
      status: 0,
      stdout:
        "migrate/arg-type/channels: since 8.2, optional; still there in 10.2\n" +
        "migrate: since 6.2 or earlier; still there in 10.2\n",
      stderr: "",
    });
    const one = JSON.parse((await run("migrate", "--json")).stdout) as object;
    expect(one).toMatchObject({ query: "migrate" });
    expect(JSON.parse((await run("migrate", "block-commit", "--json")).stdout)).toHaveLength(2);
  });

  it("suggests what a query may have meant", async () => {
    expect(await run("migrate/arg-type/chanels")).toEqual({
      status: 1,
      stdout: "",
      stderr: "qapi: no version has 'migrate/arg-type/chanels'; did you mean 'migrate/arg-type/channels'?\n",
    });
    expect((await run("migrat/arg-type/uri")).stderr).toContain("'migrate/arg-type/uri'");
    expect((await run("migrate/uri")).status).toBe(2);
    expect((await run("constructor")).status).toBe(1);
  });

  it("reads introspections whose names say their versions", async () => {
    const wanted =
      "c/arg-type/x: since 9.2 or earlier, mandatory, optional since 10.0; deprecated since 10.0; still there in 10.0\n";
    expect((await run("c/arg-type/x", "--from", folder)).stdout).toBe(wanted);
    expect((await run("c/arg-type/x", "--from", newer, older)).stdout).toBe(wanted);
    expect((await run("--from", folder, "c/arg-type/x")).stdout).toBe(wanted);
    expect(JSON.parse((await run("c/arg-type/x", "--from", folder, "--json")).stdout)).toEqual({
      query: "c/arg-type/x",
      versions: [
        { version: "9.2", present: true, optional: false, features: [] },
        { version: "10.0", present: true, optional: true, features: ["deprecated"] },
      ],
    });
    copyFileSync(older, join(folder, "mine.json"));
    const unnamed = await run("c", "--from", join(folder, "mine.json"));
    expect(unnamed).toMatchObject({ status: 1, stdout: "" });
    expect(unnamed.stderr).toContain("mine.json: its name says no version");
  });

  it("asks one schema", async () => {
    expect(await run("--holds", older, "c/arg-type/x", "c/arg-type/*x", "c/arg-type/x/!string", "d")).toEqual(
      {
        status: 0,
        stdout: "yes\nno\nyes\nno\n",
        stderr: "",
      },
    );
    expect((await run("--holds", older)).status).toBe(2);
    expect((await run("--holds", join(folder, "missing"), "c")).status).toBe(1);
  });

  it("lists every command and event without a query", async () => {
    const { stdout } = await run();
    expect(stdout.split("\n").length).toBeGreaterThan(300);
    expect(stdout).toContain("STOP: since 6.2 or earlier; still there in 10.2\n");
  });
});

describe.skipIf(chromium === undefined)("the page of a command's history", () => {
  it("shows versions against members, light, dark and narrow, without a complaint", async () => {
    const target = join(folder, "migrate.html");
    expect((await run("migrate", "--html", target)).status).toBe(0);
    expect(existsSync(target)).toBe(true);
    const { browser, close } = await openBrowser();
    try {
      for (const { colorScheme, width } of [
        { colorScheme: "light", width: 1200 },
        { colorScheme: "dark", width: 400 },
      ] as const) {
        const page = await browser.newPage();
        const problems: string[] = [];
        page.on("console", (message) => problems.push(message.text()));
        page.on("pageerror", (error) => problems.push(error.message));
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        await page.goto(pathToFileURL(target).href);
        const row = page.locator("tr", { has: page.locator("th[title='migrate/arg-type/blk']") });
        const states = await page.evaluate<string[]>(
          "[...document.querySelector(\"th[title='migrate/arg-type/blk']\").parentElement.querySelectorAll('.mark')]" +
            ".map((mark) => mark.className)",
        );
        expect(states).toEqual([
          ...Array.from({ length: 6 }, () => "mark optional"),
          "mark optional deprecated",
          "mark optional deprecated",
          ...Array.from({ length: 4 }, () => "mark absent"),
        ]);
        expect(await row.locator(".mark").nth(6).getAttribute("aria-label")).toBe(
          "8.2: there, optional, deprecated",
        );
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
        const colours = await page.evaluate<string[]>(
          "[document.body, document.querySelector('.mandatory'), document.querySelector('.present.deprecated')]" +
            ".map((element) => getComputedStyle(element).backgroundColor)",
        );
        expect(colours[0]).toBe(colorScheme === "dark" ? "rgb(13, 17, 23)" : "rgb(255, 255, 255)");
        expect(colours[1]).not.toBe(colours[0]);
        expect(problems).toEqual([]);
        await page.close();
      }
      const page = await browser.newPage();
      await page.goto(pathToFileURL(target).href);
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe(
        "rgb(255, 255, 255)",
      );
      await page.close();
    } finally {
      await close();
    }
  }, 60_000);
});
