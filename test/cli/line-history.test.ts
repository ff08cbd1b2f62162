import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lineHistory } from "../../src/cli/line-history.js";

describe("the history of lines", () => {
  it("is kept in a folder, the latest line last", async () => {
    const folder = await mkdtemp(join(tmpdir(), "qapi-history-"));
    const history = lineHistory("qmp-history", { QAPI_HISTORY: join(folder, "deep") });
    expect(await history.read()).toEqual([]);
    history.add("first");
    history.add("second");
    expect(await readFile(join(folder, "deep", "qmp-history"), "utf8")).toBe("first\nsecond\n");
    expect(await history.read()).toEqual(["second", "first"]);
    await rm(folder, { recursive: true });
  });

  it("keeps a line as soon as it is added, each once, and no more than it can use", async () => {
    const folder = await mkdtemp(join(tmpdir(), "qapi-history-"));
    const [one, other] = [
      lineHistory("h", { QAPI_HISTORY: folder }),
      lineHistory("h", { QAPI_HISTORY: folder }),
    ];
    for (const line of ["a", "b", "a"]) one.add(line);
    other.add("c");
    expect(await one.read()).toEqual(["c", "a", "b"]);
    await writeFile(join(folder, "h"), Array.from({ length: 3000 }, (_, index) => `${index}\n`).join(""));
    expect((await one.read()).slice(0, 2)).toEqual(["2999", "2998"]);
    expect((await readFile(join(folder, "h"), "utf8")).split("\n")).toHaveLength(1001);
    expect((await stat(join(folder, "h"))).mode & 0o777).toBe(0o600);
    await rm(folder, { recursive: true });
  });

  it("that cannot be kept is no reason to fail", async () => {
    const history = lineHistory("h", { QAPI_HISTORY: "/dev/null/nowhere" });
    history.add("x");
    expect(await history.read()).toEqual([]);
  });

  it("is kept nowhere when it is not wanted", async () => {
    const history = lineHistory("qmp-history", { QAPI_HISTORY: "" });
    history.add("x");
    expect(await history.read()).toEqual([]);
  });
});
