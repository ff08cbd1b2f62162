import { describe, expect, it } from "vitest";
import { localMonitor } from "../terminal/person.js";

describe("the monitor's prompt", () => {
  const shell = localMonitor();
  const newer = localMonitor({ profile: "qemu-10.0" });

  it.each<[line: string, candidates: string[]]>([
    ["migrate_p", ["migrate_pause"]],
    ["qu", ["quit"]],
    ["watc", ["watch"]],
    ["watch m", ["migrate"]],
    ["info mig", ["migrate", "migrate_capabilities", "migrate_parameters"]],
    ["help info migrate_c", ["migrate_capabilities"]],
    ["help info migrate_capabilities ", []],
    ["? qui", ["quit"]],
    ["migrate_set_parameter cpu-throttle-t", ["cpu-throttle-tailslow"]],
    ["migrate_set_parameter cpu-throttle-tailslow ", ["on", "off"]],
    ["migrate_set_parameter multifd-compression z", ["zlib", "zstd"]],
    ["migrate_set_parameter cpu-throttle-initial ", ["20"]],
    ["migrate_set_parameter tls-creds ", []],
    ["migrate_set_parameter nosuch ", []],
    ["migrate_set_parameter __proto__ ", []],
    ["migrate_set_parameter cpu-throttle-initial 20 ", []],
    ["migrate_set_capability auto", ["auto-converge"]],
    ["migrate_set_capability auto-converge ", ["on", "off"]],
    ["migrate_set_capability nosuch ", []],
    ["migrate_continue ", ["pre-switchover"]],
    ["migrate ", ["-d", "-b", "-i", "-r", "sim:"]],
    ["migrate -", ["-d", "-b", "-i", "-r"]],
    ["migrate -d -", ["-b", "-i", "-r"]],
    ["migrate -d s", ["sim:"]],
    ["migrate sim: ", []],
    ["stop -", []],
    ["nosuch ", []],
    ["constructor ", []],
  ])("completes %j", (line, expected) => {
    expect(shell.complete(line).candidates).toEqual(expected);
  });

  it("offers what the profile has", () => {
    const line = "migrate_set_parameter comp";
    expect(newer.complete(line).candidates).toEqual([]);
    expect(shell.complete(line).candidates).toContain("compress-level");
    expect(newer.complete("migrate -").candidates).toEqual(["-d", "-r"]);
    expect(newer.complete("info migrate -").candidates).toEqual([]);
  });

  it.each<[line: string, hint: string | undefined]>([
    ["migrat", "did you mean 'migrate'?"],
    ["device_add x", "QEMU has 'device_add', this monitor has not"],
    ["info pci", "QEMU has 'info pci', this monitor has not"],
    ["info migrte", "did you mean 'info migrate'?"],
    ["help info migrte", "did you mean 'info migrate'?"],
    ["help migrate_cancle", "did you mean 'migrate_cancel'?"],
    ["migrate_set_parameter tailslow on", undefined],
    ["migrate_set_parameter cpu_throttle_initial 1", "did you mean 'cpu-throttle-initial'?"],
    ["migrate_set_capability auto-convergence on", "did you mean 'auto-converge'?"],
    ["migrate_set_parameter cpu-throttle-initial 0", undefined],
    ["stop", undefined],
    ["", undefined],
  ])("hints at %j", (line, hint) => {
    expect(shell.hint(line)).toBe(hint);
  });
});
