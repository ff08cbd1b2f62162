import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inModel, inQemu, profileAtHand } from "../support/qemu-session.js";
import { arbitrarySession } from "./arbitrary-session.js";

const numRuns = 300;

describe.skipIf(profileAtHand === undefined)(
  `any session with ${profileAtHand ?? "a QEMU of a profile"}`,
  () => {
    it("goes as with QEMU", async () => {
      await fc.assert(
        fc.asyncProperty(arbitrarySession(profileAtHand ?? ""), async (session) => {
          expect(inModel(session)).toEqual(await inQemu(session));
        }),
        { numRuns },
      );
    });
  },
);
