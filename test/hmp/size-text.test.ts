import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sizeText } from "../../src/hmp/commands/c-format.js";

describe("a size as the monitor shows it", () => {
  const cases: [bytes: bigint, text: string][] = [
    [0n, "0 B"],
    [999n, "999 B"],
    [1000n, "0.977 KiB"],
    [1023n, "0.999 KiB"],
    [4096n, "4 KiB"],
    [2176n, "2.12 KiB"],
    [2208n, "2.16 KiB"],
    [1022976n, "999 KiB"],
    [1023500n, "1e+03 KiB"],
    [1024000n, "0.977 MiB"],
    [67444736n, "64.3 MiB"],
    [117440512n, "112 MiB"],
    [12n << 20n, "12 MiB"],
    [1n << 60n, "1 EiB"],
    [(1n << 64n) - 1n, "16 EiB"],
  ];
  it.each(cases)("%d is %s", (bytes, text) => {
    expect(sizeText(bytes)).toBe(text);
  });

  it("is off by no more than its last digit", () => {
    const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), (bytes) => {
        const [digits = "", unit = ""] = sizeText(bytes).split(" ");
        const back = Number(digits) * 1024 ** units.indexOf(unit);
        expect(Math.abs(back - Number(bytes))).toBeLessThanOrEqual(Number(bytes) * 0.0051);
      }),
    );
  });
});
