import { describe, expect, it } from "vitest";
import { isMonitorRefusal } from "../../src/util/monitor-refusal.js";

describe("isMonitorRefusal", () => {
  it.each([
    'migrate: string expected\nTry "help migrate" for more information\n',
    'migrate: string expected\r\nTry "help migrate" for more information\r\n',
    "invalid char 'x' in expression\nTry \"help print\" for more information\n",
    "Error: No default device\n",
    "warning: Using a multiplier suffix on hex numbers is deprecated: 0x1p3\nError: Invalid size 0x1p3\n",
    "Error: Parameter 'x' expects a size\nOptionally append a suffix\n",
    "unknown command: 'infos'\n",
    'Command "savevm" is not available.\n',
    "Command 'migrate' not available until machine initialization has completed.\n",
  ])("knows %j", (output) => {
    expect(isMonitorRefusal(output)).toBe(true);
  });

  it.each([
    "",
    "VM status: running\n",
    "migrate [-d] uri -- migrate to URI (using -d to not wait for completion)\n",
    "status: failed (Error: x)\n",
    "  Error: in a report\n",
    'first\nTry "help" for more information\nlast\n',
    "warning: deprecated\n",
  ])("lets pass %j", (output) => {
    expect(isMonitorRefusal(output)).toBe(false);
  });
});
