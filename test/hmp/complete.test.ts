import { describe, expect, it } from "vitest";
import { createMonitor } from "qapi-ts/hmp";
import { completeLine } from "../../src/hmp/terminal/complete.js";

describe("completeLine", () => {
  const monitor = createMonitor();
  const candidates = (line: string): readonly string[] =>
    completeLine(line, monitor.table, monitor.machine).candidates;

  const cases: [line: string, candidates: string[]][] = [
    ["migrate_p", ["migrate_pause"]],
    ["qu", ["quit"]],
    ["info mig", ["migrate", "migrate_capabilities", "migrate_parameters"]],
    ["help info migrate_c", ["migrate_capabilities"]],
    ["? qui", ["quit"]],
    ["migrate_set_parameter cpu-throttle-t", ["cpu-throttle-tailslow"]],
    ["migrate_set_parameter cpu-throttle-tailslow ", ["on", "off"]],
    ["migrate_set_parameter multifd-compression z", ["zlib", "zstd"]],
    ["migrate_set_parameter cpu-throttle-initial ", ["20"]],
    ["migrate_set_parameter tls-creds ", []],
    ["migrate_set_parameter nosuch ", []],
    ["migrate_set_parameter cpu-throttle-initial 20 ", []],
    ["migrate_set_capability auto", ["auto-converge"]],
    ["migrate_set_capability auto-converge ", ["on", "off"]],
    ["migrate_continue ", ["pre-switchover"]],
    ["migrate ", ["-d", "sim:"]],
    ["nosuch ", []],
  ];
  it.each(cases)("%j", (line, expected) => {
    expect(candidates(line)).toEqual(expected);
  });

  it("offers what the profile has", () => {
    const newer = createMonitor({ profile: "qemu-10.0" });
    const line = "migrate_set_parameter comp";
    expect(completeLine(line, newer.table, newer.machine).candidates).toEqual([]);
    expect(candidates(line)).toContain("compress-level");
  });
});
