import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { compileHx, type HxCommand } from "../../src/hx/index.js";
import { nodeHost } from "../../src/qapi/load/node-host.js";

const path = fileURLToPath(new URL("../../schema/hmp-commands.hx", import.meta.url));

/** Commands by name, those of `info` with their first word, as a profile has them. */
function commandsOf(file: string, defines?: readonly string[]): Map<string, HxCommand> {
  const { diagnostics, table, subTables } = compileHx(file, nodeHost, {
    defines: defines && new Set(defines),
  });
  expect(diagnostics).toEqual([]);
  const byName = new Map<string, HxCommand>();
  for (const command of table?.commands ?? []) byName.set(command.names.join("|"), command);
  for (const command of subTables.get("hmp_info_cmds")?.commands ?? []) {
    byName.set(`info ${command.names.join("|")}`, command);
  }
  return byName;
}

describe.each(["QEMU_7_2", "QEMU_10_0"])("the shipped command tables (%s)", (profile) => {
  const commands = commandsOf(path, [profile]);

  it("hold the commands of a migration, of the machine and of the monitor", () => {
    expect([...commands.keys()]).toEqual([
      ...["help|?", "quit|q", "stop|s", "cont|c", "migrate", "migrate_cancel", "migrate_continue"],
      ...["exit_preconfig", "migrate_incoming", "migrate_recover", "migrate_pause", "migrate_set_capability"],
      ...["migrate_set_parameter", "migrate_start_postcopy", "info", "info version", "info history"],
      ...["info status", "info name", "info uuid", "info migrate", "info migrate_capabilities"],
      "info migrate_parameters",
    ]);
  });

  it("describe each command", () => {
    for (const [name, { prose }] of commands) {
      expect(prose[0]?.trim().replaceAll("``", "")).toMatch(name.split("|")[0] ?? name);
    }
  });
});

it("give migrate the flags of its version", () => {
  const flags = (profile: string): unknown =>
    commandsOf(path, [profile])
      .get("migrate")
      ?.arguments.map(({ key }) => key);
  expect(flags("QEMU_7_2")).toEqual(["detach", "blk", "inc", "resume", "uri"]);
  expect(flags("QEMU_10_0")).toEqual(["detach", "resume", "uri"]);
});

const tree = process.env["QEMU_SRC"];
const version = tree === undefined ? "" : readFileSync(join(tree, "VERSION"), "utf8");
const profile = version.startsWith("7.2.")
  ? "QEMU_7_2"
  : version.startsWith("10.0.")
    ? "QEMU_10_0"
    : undefined;
if (profile === undefined) {
  process.stderr.write("no QEMU 7.2 or 10.0 source tree (set QEMU_SRC); command tables are not compared\n");
}

describe.skipIf(profile === undefined)("against QEMU's own tables", () => {
  const theirs =
    tree === undefined ? new Map<string, HxCommand>() : commandsOf(join(tree, "hmp-commands.hx"));

  it.each([...commandsOf(path, [profile ?? ""])])("%s is QEMU's", (name, command) => {
    const original = theirs.get(name);
    for (const field of ["names", "arguments", "params", "help", "flags"] as const) {
      expect(command[field]).toEqual(original?.[field]);
    }
    expect(command.subTable?.name).toBe(original?.subTable?.name);
  });
});
