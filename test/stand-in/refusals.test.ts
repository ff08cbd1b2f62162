import { afterEach, describe, expect, it } from "vitest";
import { qemuVersion, RealQemu } from "../client/qemu.js";
import { readSchema } from "../../src/schema-source/read-schema.js";
import { corpus } from "../support/shared-data.js";
import { compareRefusals, schemaOf72 } from "./compare-refusals.js";

const isOf72 = qemuVersion?.startsWith("7.2.") === true;
const machines: RealQemu[] = [];
afterEach(async () => {
  for (const machine of machines.splice(0)) await machine.end();
});

async function started(): Promise<RealQemu> {
  const machine = new RealQemu(["-M", "none", "-S"]);
  machines.push(machine);
  await (await machine.connect()).close();
  return machine;
}

describe.skipIf(!isOf72)("wrong requests, to a real QEMU and to the stand-in for it", () => {
  it.skipIf(corpus === undefined)("get the same errors, by its QAPI schema", async () => {
    const qemu = await started();
    const compared = await compareRefusals(await schemaOf72(), qemu.socket, qemu.file("ours"), 1);
    expect(compared.different.slice(0, 10)).toEqual([]);
    expect(compared.accepted).toEqual([]);
    expect(compared.count).toBeGreaterThan(2000);
  });

  it("get the same errors, by what it says of itself, but for the sign of integers", async () => {
    const qemu = await started();
    const { schema } = await readSchema(`unix:${qemu.socket}`);
    const compared = await compareRefusals(schema!, qemu.socket, qemu.file("ours"), 0);
    expect(compared.accepted).toEqual([]);
    expect(compared.different.filter((each) => !/expects u?int\d+/.test(each)).slice(0, 10)).toEqual([]);
  });
});
