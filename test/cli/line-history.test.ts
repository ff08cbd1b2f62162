import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lineHistory } from "../../src/cli/line-history.js";

describe("the history of lines", () => {
  it("is kept in a folder, the latest line last", async () => {
    const folder = await mkdtemp(join(tmpdir(), "qapi-history-"));
    const history = lineHistory("qmp-history", { QAPI_HISTORY: join(folder, "deep") });
    expect(await history.read()).toEqual([]);
    await history.write(["second", "first"]);
    expect(await readFile(join(folder, "deep", "qmp-history"), "utf8")).toBe("first\nsecond\n");
    expect(await history.read()).toEqual(["second", "first"]);
    await rm(folder, { recursive: true });
  });

  it("is kept nowhere when it is not wanted", async () => {
    const history = lineHistory("qmp-history", { QAPI_HISTORY: "" });
    await history.write(["x"]);
    expect(await history.read()).toEqual([]);
  });
});
