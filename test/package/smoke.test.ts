import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

it("has a good call for every command of the built program, whose streams are clean", async () => {
  const script = join(import.meta.dirname, "../../.ci/smoke.mjs");
  const { stdout } = await promisify(execFile)(process.execPath, [script]).catch((error: unknown) => {
    if (error instanceof Error && "stdout" in error) return { stdout: String(error.stdout) };
    throw error;
  });
  expect(stdout).toMatch(/^smoke: Node v\d\S*: \d+ commands, all streams clean\n$/);
}, 60_000);
