import { describe, expect, it } from "vitest";
import { createMonitor } from "qapi-ts/hmp";
import { readSessions } from "../support/oracle-sessions.js";
import { oracle } from "../support/shared-data.js";

const profiles = [
  ["qemu-7.2", "7.2"],
  ["qemu-10.0", "10.0"],
  ["qemu-10.2", "10.2"],
] as const;

describe.skipIf(oracle === undefined).each(profiles)(
  "parameters set as recorded from %s",
  (profile, version) => {
    const sessions = readSessions(version).filter(({ name }) => name.startsWith("hmp-set/"));

    it.each(sessions.map((session) => [session.name, session] as const))("%s", async (_name, { steps }) => {
      const monitor = createMonitor({ profile });
      for (const step of steps) {
        if (!("hmp" in step)) throw new Error("a step that is no monitor line");
        const { output } = await monitor.run(step.hmp);
        expect([step.hmp, output]).toEqual([step.hmp, step.output]);
      }
    });
  },
);
