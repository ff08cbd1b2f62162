import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium as playwright, type BrowserContext } from "playwright-core";

const candidates = [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser"];

/** Where Chromium is; undefined where it is not installed (`apt-get install chromium`). */
export const chromium = candidates.find((path) => path !== undefined && existsSync(path));
if (chromium === undefined) {
  process.stderr.write("Chromium is not installed: the tests of pages are skipped.\n");
}

/** A browser with nothing in it, and how to end it. */
export async function openBrowser(): Promise<{ browser: BrowserContext; close: () => Promise<void> }> {
  const profile = mkdtempSync(join(tmpdir(), "qapi-chromium-"));
  const browser = await playwright.launchPersistentContext(profile, {
    ...(chromium !== undefined && { executablePath: chromium }),
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  return {
    browser,
    close: async () => {
      await browser.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
