import { PassThrough, Readable } from "node:stream";
import { request } from "node:http";
import { describe, expect, it } from "vitest";
import { throttleAdvise } from "../../src/cli/commands/throttle-advise.js";
import { throttleServe } from "../../src/cli/commands/throttle-serve.js";
import { runCommand } from "../support/cli-run.js";

function statusOf(url: string, path: string, host?: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, url), host === undefined ? {} : { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on("error", reject).end();
  });
}

describe("qapi throttle serve", () => {
  it("serves the page to this machine until it is interrupted", async () => {
    const abort = new AbortController();
    const stdout = new PassThrough({ encoding: "utf8" });
    const served = throttleServe(
      { port: "0" },
      {
        stdin: Readable.from([]),
        stdout,
        stderr: new PassThrough(),
        env: {},
        color: () => false,
        signal: abort.signal,
      },
    );
    const [line] = (await stdout.take(1).toArray()) as string[];
    const url = line!.trim();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(await (await fetch(url)).text()).toContain("<title>Throttle lab</title>");
    expect(await statusOf(url, "/favicon.ico")).toBe(404);
    expect(await statusOf(url, "/?ram=4G#chart")).toBe(200);
    for (const method of ["GET", "HEAD", "POST", "PUT", "DELETE"]) {
      const { status, headers } = await fetch(url, { method });
      const isRead = method === "GET" || method === "HEAD";
      expect({ method, status, allow: headers.get("allow") }).toEqual(
        isRead ? { method, status: 200, allow: null } : { method, status: 405, allow: "GET, HEAD" },
      );
      expect(headers.get("content-security-policy")).toMatch(
        /^default-src 'none';.* frame-ancestors 'none'$/,
      );
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("x-frame-options")).toBe("DENY");
    }
    expect(await statusOf(url, "/", "elsewhere.example")).toBe(403);
    abort.abort();
    expect(await served).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });

  it.each(["x", "-1", "70000"])("refuses port %s", async (port) => {
    const outcome = await runCommand((context) => throttleServe({ port }, context));
    expect(outcome).toEqual({
      status: 2,
      stdout: "",
      stderr: `qapi: --port: '${port}' is not a number up to 65535\n`,
    });
  });
});

describe("qapi throttle advise", () => {
  const options = { ram: "4G", dirtyRate: "400M", bandwidth: "1Gbit", downtimeLimit: "200ms" };

  it("says what to set, what comes of it, and why", async () => {
    const { status, stdout } = await runCommand((context) => throttleAdvise(options, context));
    expect(status).toBe(0);
    expect(stdout).toMatch(/^The migration sends at most 119\.2 MiB\/s; the guest writes 400\.0 MiB\/s/);
    expect(stdout).toContain("A downtime of 200 ms leaves 23.8 MiB for the end.");
    expect(stdout).toMatch(/^without auto-converge +does not converge/m);
    expect(stdout).toMatch(
      /^For the .*quickest.*:\n {2}migrate_set_capability auto-converge on\n {2}migrate_set_parameter throttle-trigger-threshold \d+\n/m,
    );
  });

  it("says so in JSON", async () => {
    const { stdout } = await runCommand((context) => throttleAdvise({ ...options, json: true }, context));
    const advice = JSON.parse(stdout) as { choices: { merit: string; settings: object }[] };
    expect(advice.choices[0]!.merit).toContain("quickest");
    expect(Object.keys(advice.choices[0]!.settings)).toEqual([
      "throttle-trigger-threshold",
      "cpu-throttle-initial",
      "cpu-throttle-increment",
      "cpu-throttle-tailslow",
    ]);
  });

  it("refuses what cannot be", async () => {
    const outcome = await runCommand((context) => throttleAdvise({ downtimeLimit: "long" }, context));
    expect(outcome).toMatchObject({ status: 2, stdout: "" });
    expect(outcome.stderr).toContain("downtime-limit: 'long' is not a duration");
  });
});
