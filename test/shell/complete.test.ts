import { describe, expect, it } from "vitest";
import { completeLine } from "../../src/shell/complete.js";
import { namesInHelp } from "../../src/shell/monitor-help.js";
import { sampleSchema as schema } from "./sample-schema.js";

describe("completeLine", () => {
  it.each([
    ["", ["block-add", "set", "need", "device_add", "query-status", "odd-add"]],
    ["que", ["query-status"]],
    ["set fl", ["flag="]],
    ["set flag=", ["flag=true", "flag=false"]],
    ["set flag=on co", ["count="]],
    ["set flag=on fl", []],
    ["set pair", ["pairs=", "pair."]],
    ["set pair.", ["pair.name=", "pair.count="]],
    ["set pair.name=a pair.", ["pair.count="]],
    ["block-add driver=", ["driver=raw", "driver=qcow2", "driver=null-co"]],
    ["block-add ", ["driver=", "node-name="]],
    ["block-add driver=null-co ", ["node-name=", "size=", "read-zeroes="]],
    ["block-add driver=null-co re", ["read-zeroes="]],
    ["block-add read-zeroes=t", ["read-zeroes=true"]],
    ["nosuch a", []],
    ["set name.x", []],
    ["set nosuch=", []],
  ])("completes %j", (line, candidates) => {
    expect(completeLine(line, schema).candidates).toEqual(candidates);
  });
});

describe("namesInHelp", () => {
  it("reads what QEMU's monitor prints", () => {
    const help =
      "announce_self [interfaces] [id] -- Trigger GARP/RARP announcements\n" +
      "c|cont  -- resume emulation\n" +
      "drive_backup [-n] [-f] [-c] device target [format] -- initiate a point-in-time\n" +
      "\t\t\tcopy for a device. The remaining\n" +
      "info [subcommand] -- show various information about the system state\n" +
      "xp /fmt addr -- physical memory dump starting at 'addr'\n";
    expect([...namesInHelp(help)]).toEqual([
      ["announce_self", []],
      ["c", []],
      ["cont", []],
      ["drive_backup", ["-n", "-f", "-c"]],
      ["info", []],
      ["xp", []],
    ]);
    const topics = "info balloon  -- show balloon information\ninfo block [-n] [-v] [device] -- show\n";
    expect([...namesInHelp(topics)]).toEqual([
      ["balloon", []],
      ["block", ["-n", "-v"]],
    ]);
  });
});
