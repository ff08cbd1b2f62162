import { describe, expect, it } from "vitest";
import { controls, controlValues } from "../../src/lab/controls.js";
import { exploredRuns, commandOf } from "../../src/lab/explored-runs.js";
import { presets } from "../../src/lab/presets.js";

const initial = new Map(controls.map(({ name, initial }) => [name, initial]));

describe("the controls of the interactive page", () => {
  it.each(controls)("$name can be set to each of its values", ({ name, values, initial: first }) => {
    expect(values).toContain(first);
    expect(new Set(values).size).toBe(values.length);
    for (const value of [values[0]!, values.at(-1)!]) {
      const choices = new Map([...initial, [name, value]]);
      // What is not allowed together is another matter.
      try {
        expect(exploredRuns(choices)).toHaveLength(2);
      } catch (error) {
        expect((error as Error).name).toBe("ScenarioError");
      }
    }
  });

  it("begin with what the command line does", () => {
    expect(commandOf(initial)).toMatch(
      /^qapi throttle simulate --ram 1G --working-set 768M --dirty-rate 512M .*--compare tailslow$/,
    );
  });

  it("show every preset but the one that works in phases", () => {
    const shown = [...presets].filter(([, preset]) => controlValues(preset) !== null).map(([name]) => name);
    expect(shown).toEqual([...presets.keys()].filter((name) => name !== "bursts"));
    expect(controlValues(presets.get("tail")!)?.get("cpu-throttle-increment")).toBe("25");
  });
});
