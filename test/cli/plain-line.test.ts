import { describe, expect, it } from "vitest";
import { readPlainLine } from "../../src/cli/plain-line.js";
import { commandTable } from "../../src/cli/command-table.js";
import { plainUsages } from "../../src/cli/program.js";

const usages = plainUsages();

/** What a command is called with for some words of a line, as commander and as the plain line have it. */
async function callsOf(argv: readonly string[]) {
  const { Command } = await import("commander");
  const entry = commandTable.find(({ name }) => name === argv[0] || name === argv.slice(0, 2).join(" "))!;
  const calls: unknown[][] = [];
  await entry
    .options(new Command().command(`it ${entry.arguments}`.trimEnd()))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .allowExcessArguments(false)
    .action((...call: unknown[]) => {
      calls.push(call.slice(0, -1));
    })
    .parseAsync(argv.slice(entry.name.split(" ").length), { from: "user" })
    .catch(() => undefined);
  return { plain: readPlainLine(argv, usages)?.words, commander: calls[0] };
}

const words = ["a", "-", "b.json", "git:HEAD:x"];

describe("a line without options", () => {
  it.each(commandTable.map(({ name }) => name))(
    "calls %s with what commander calls it with",
    async (name) => {
      for (let count = 0; count <= words.length; count++) {
        const { plain, commander } = await callsOf([...name.split(" "), ...words.slice(0, count)]);
        expect(plain).toEqual(commander);
      }
    },
  );

  it.each([["hmp"], ["qmp", "serve"], ["check", "a", "b"]])("is %j", (...argv) => {
    expect(readPlainLine(argv, usages)).toBeDefined();
  });

  it.each([
    ["hmp", "info"],
    ["throttle", "serve", "8080"],
    ["check"],
    ["dump", "a", "b"],
    ["check", "--diagnostics", "json", "a"],
    ["check", "a", "--", "b"],
    ["check", "a", "-h"],
    ["help", "check"],
    ["chek", "a"],
    ["qmp"],
    ["__proto__"],
    [],
  ])("is not %j", (...argv) => {
    expect(readPlainLine(argv, usages)).toBeUndefined();
  });

  it("is left to commander where the build has asked nothing", () => {
    expect(readPlainLine(["check", "a"])).toBeUndefined();
  });
});
