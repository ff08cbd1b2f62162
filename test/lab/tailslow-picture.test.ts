import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

it("the README's picture is what the simulator draws", () => {
  const drawn = execFileSync(process.execPath, ["--import", "tsx", "bench/tailslow-picture.ts"], {
    encoding: "utf8",
  });
  expect(drawn).toBe(readFileSync("docs/tailslow.svg", "utf8"));
});
