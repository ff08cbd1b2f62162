import { describe, expect, it } from "vitest";
import { createMonitor } from "qapi-ts/hmp";

/** What the last of some lines prints. */
async function last(lines: readonly string[], profile = "qemu-10.2"): Promise<string> {
  const monitor = createMonitor({ profile, simClock: "step:0" });
  let output = "";
  for (const line of lines) ({ output } = await monitor.run(line));
  return output;
}

const exec = "migrate_set_parameter mode cpr-exec";
const command = "migrate_set_parameter cpr-exec-command /bin/qemu -S";
const colo = "migrate_set_capability x-colo on";
const postcopy = "migrate_set_capability postcopy-ram on";
const mapped = "migrate_set_capability mapped-ram on";

describe("a migration in a cpr mode of QEMU 10.2", () => {
  const cases: [lines: string[], output: string][] = [
    [[exec, "migrate -d sim:"], "Error: Parameter 'cpr-exec-command' required for cpr-exec\n"],
    [[exec, "migrate -d tcp:127.0.0.1:1"], "Error: Parameter 'cpr-exec-command' required for cpr-exec\n"],
    [[exec, "migrate -d nosuch:x"], "Error: unknown migration protocol: nosuch:x\n"],
    [[exec, mapped, "migrate -d sim:"], "Error: Migration requires seekable transport (e.g. file)\n"],
    [[exec, colo, "migrate -d sim:"], "Error: Cannot use COLO with CPR\n"],
    [[exec, postcopy, colo, "migrate -d sim:"], "Error: Cannot use postcopy with CPR\n"],
    [[exec, command, colo, "migrate -d sim:"], "Error: Cannot use COLO with CPR\n"],
    [[exec, "migrate -d sim:", "info migrate"], ""],
    [[exec, command, "migrate -d sim:"], ""],
    [
      ["migrate_set_parameter mode cpr-transfer", colo, "migrate -d sim:"],
      "Error: missing 'cpr' migration channel\n",
    ],
  ];
  it.each(cases)("%j", async (lines, output) => {
    expect(await last(lines)).toBe(output);
  });

  it("is shown with its command", async () => {
    const shown = async (text: string) =>
      /^cpr-exec-command:.*$/m.exec(await last([text, "info migrate_parameters"]))?.[0];
    expect(await shown("info name")).toBe("cpr-exec-command:");
    expect(await shown(command)).toBe("cpr-exec-command: /bin/qemu -S");
    expect(await shown("migrate_set_parameter cpr-exec-command ''")).toBe("cpr-exec-command: ");
  });
});

describe("the value of a parameter in QEMU 10.2", () => {
  const cases: [text: string, output: string][] = [
    ["max-bandwidth 1 ", "Error: Invalid size 1 \n"],
    ['max-bandwidth ""', 'Error: Invalid size ""\n'],
    ['"max-bandwidth"12', ""],
    ["max-bandwidth \t 12", ""],
    ['multifd-channels "5"', "Error: Parameter 'multifd-channels' expects uint64\n"],
    ["mode normal ", "Error: Parameter 'mode' does not accept value 'normal '\n"],
    ['direct-io "on"', "Error: Parameter 'direct-io' expects 'on' or 'off'\n"],
    [
      "tls-creds ",
      'migrate_set_parameter: string expected\nTry "help migrate_set_parameter" for more information\n',
    ],
    [`tls-creds ${"x".repeat(2000)}`, ""],
  ];
  it.each(cases)("%j", async (text, output) => {
    expect(await last([`migrate_set_parameter ${text}`])).toBe(output);
  });

  it("keeps all of its bytes", async () => {
    const long = `two words ${"x".repeat(2000)} `;
    const lines = [`migrate_set_parameter tls-hostname ${long}`, "info migrate_parameters"];
    expect(await last(lines)).toContain(`tls-hostname: '${long}'\n`);
  });
});
