import { join } from "node:path";
import { expect, it } from "vitest";
import { folderOf } from "./client.js";
import { fuzz } from "./fuzz.js";
import { main, types } from "./small-schema.js";

it("stands random edits and requests, and says what a fresh server says", async () => {
  const folder = folderOf({ "main.json": main, "types.json": types });
  try {
    const paths = ["main.json", "types.json"].map((name) => join(folder.root, name));
    const { faults, edits, comparisons } = await fuzz(folder.root, paths, { rounds: 500, compareEvery: 60 });
    expect(faults).toEqual([]);
    expect(edits).toBeGreaterThan(100);
    expect(comparisons).toBeGreaterThan(1);
  } finally {
    folder.remove();
  }
});
