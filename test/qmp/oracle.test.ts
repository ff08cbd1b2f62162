import { describe, expect, it } from "vitest";
import { oracle } from "../support/shared-data.js";
import { playSession, readSessions } from "../support/oracle-sessions.js";
import { whyInapplicable } from "./inapplicable.js";

const profiles = [
  ["qemu-7.2", "7.2"],
  ["qemu-10.0", "10.0"],
  ["qemu-10.2", "10.2"],
] as const;

describe.skipIf(oracle === undefined).each(profiles)("the recorded sessions of %s", (profile, version) => {
  const count = { steps: 0, inapplicable: 0 };
  const differences: string[] = [];

  it.each(readSessions(version).map((session) => [session.name, session] as const))("%s", (name, session) => {
    const exchanges = playSession(session, profile);
    const applicable = exchanges.filter(({ input }) => whyInapplicable(input) === undefined);
    count.steps += exchanges.length;
    count.inapplicable += exchanges.length - applicable.length;
    for (const { input, expected, actual } of applicable) {
      if (expected !== actual)
        differences.push(`${name}: ${input}\n  expected ${expected}\n  actual   ${actual}`);
    }
    expect(applicable.map(({ input, actual }) => [input, actual])).toEqual(
      applicable.map(({ input, expected }) => [input, expected]),
    );
  });

  it("reports its rate", () => {
    const { steps, inapplicable } = count;
    const equal = steps - inapplicable - differences.length;
    process.stdout.write(
      `${profile}: ${equal} of ${steps} steps equal, ${inapplicable} do not apply, ${differences.length} differ\n`,
    );
    for (const difference of differences) process.stdout.write(`${difference}\n`);
    expect(inapplicable).toBeLessThan(steps / 200);
  });
});
