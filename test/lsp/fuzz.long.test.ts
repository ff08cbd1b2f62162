import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { corpus } from "../support/shared-data.js";
import { folderOf } from "./client.js";
import { fuzz } from "./fuzz.js";
import { main, types } from "./small-schema.js";

const bounded = 64 << 20;

describe("the language server through long sittings", () => {
  it("stands 20,000 edits and requests in a small schema, in bounded memory", async () => {
    const folder = folderOf({ "main.json": main, "types.json": types });
    try {
      const { faults, heap } = await fuzz(folder.root, join(folder.root, "main.json"), main, 20_000);
      expect(faults).toEqual([]);
      expect(heap[1] - heap[0]).toBeLessThan(bounded);
    } finally {
      folder.remove();
    }
  });

  it.skipIf(corpus === undefined)("stands 2,000 in QEMU's", async () => {
    const root = join(corpus ?? "", "qemu-10.2.2", "qapi");
    const path = join(root, "migration.json");
    const { faults, heap } = await fuzz(root, path, readFileSync(path, "utf8"), 2_000);
    expect(faults).toEqual([]);
    expect(heap[1] - heap[0]).toBeLessThan(4 * bounded);
  });
});
