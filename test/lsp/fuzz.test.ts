import { join } from "node:path";
import { expect, it } from "vitest";
import { folderOf } from "./client.js";
import { fuzz } from "./fuzz.js";
import { main, types } from "./small-schema.js";

it("stands random edits and requests, and answers with places that are there", async () => {
  const folder = folderOf({ "main.json": main, "types.json": types });
  try {
    const { faults, edits } = await fuzz(folder.root, join(folder.root, "main.json"), main, 600);
    expect(faults).toEqual([]);
    expect(edits).toBeGreaterThan(100);
  } finally {
    folder.remove();
  }
});
