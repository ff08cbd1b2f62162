import { afterAll, describe, expect, it } from "vitest";
import { qemuVersion, RealQemu } from "../client/qemu.js";
import { corpus } from "../support/shared-data.js";
import { compareRefusals, schemaOf72 } from "./compare-refusals.js";

const isAtHand = corpus !== undefined && qemuVersion?.startsWith("7.2.") === true;

describe.skipIf(!isAtHand)("wrong requests at any depth, to a real QEMU and to the stand-in for it", () => {
  const machines: RealQemu[] = [];
  afterAll(async () => {
    for (const machine of machines) await machine.end();
  });

  it("get the same errors", async () => {
    const qemu = new RealQemu(["-M", "none", "-S"]);
    machines.push(qemu);
    await (await qemu.connect()).close();
    const compared = await compareRefusals(await schemaOf72(), qemu.socket, qemu.file("ours"), 4);
    expect(compared.different.slice(0, 10)).toEqual([]);
    expect(compared.accepted).toEqual([]);
    expect(compared.count).toBeGreaterThan(20_000);
  });
});
