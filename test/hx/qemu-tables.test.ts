import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compileHx } from "../../src/hx/index.js";
import { nodeHost } from "../../src/qapi/load/node-host.js";

/** A QEMU source tree; only 10.2.2's numbers of commands are known. */
const tree = process.env["QEMU_SRC"];
if (tree === undefined) {
  process.stderr.write("QEMU's own .hx files: no QEMU source tree (set QEMU_SRC); their suite is skipped\n");
}

describe.skipIf(tree === undefined)("QEMU's own command tables", () => {
  const { diagnostics, table, subTables } = compileHx(join(tree ?? "", "hmp-commands.hx"), nodeHost);
  const version = existsSync(join(tree ?? "", "VERSION")) ? nodeHost.read(join(tree ?? "", "VERSION")) : "";

  it("are read without complaint", () => {
    expect(diagnostics).toEqual([]);
  });

  it("hold what QEMU compiles", () => {
    const counts = [table, subTables.get("hmp_info_cmds")].map((each) => each?.commands.length);
    if (version.toString().trim() === "10.2.2") expect(counts).toEqual([113, 71]);
    expect(Math.min(...counts.map(Number))).toBeGreaterThan(60);
  });

  it("describe nearly every command", () => {
    const commands = table?.commands ?? [];
    expect(commands.filter(({ prose }) => prose.length === 0).length).toBeLessThan(commands.length / 10);
  });
});
