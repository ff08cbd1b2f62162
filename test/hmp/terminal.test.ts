import { PassThrough } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createMonitor } from "qapi-ts/hmp";
import { converse } from "../../src/hmp/terminal/converse.js";
import { hintFor } from "../../src/hmp/terminal/hint.js";

/** Someone at a terminal of 100 by 10, who types and sees. */
class Person {
  private readonly input = new PassThrough();
  private readonly output = Object.assign(new PassThrough({ encoding: "utf8" }), { rows: 10, columns: 100 });
  private seen = "";
  readonly history: Promise<readonly string[]>;

  constructor(history: readonly string[] = []) {
    let hasQuit = false;
    const monitor = createMonitor({
      onQuit: () => {
        hasQuit = true;
      },
    });
    this.output.on("data", (text: string) => (this.seen += text));
    this.history = converse({
      input: this.input,
      output: this.output,
      monitor,
      hasQuit: () => hasQuit,
      color: false,
      history,
    });
  }

  /** Types keys, one after the other, and returns what appears, colours and cursor movements left out. */
  async type(...keys: string[]): Promise<string> {
    this.seen = "";
    for (const key of keys) {
      this.input.write(key);
      for (let i = 0; i < 10; i++) await turn();
    }
    return this.look();
  }

  /** What has appeared since the last keys were typed. */
  look(): string {
    // eslint-disable-next-line no-control-regex -- escape sequences begin with one
    return this.seen.replace(/\x1b\[[0-9;]*[A-Za-z]/g, "");
  }
}

const ctrl = { c: "\x03", d: "\x04", r: "\x12" };

describe("a conversation", () => {
  it("greets, answers, and leaves on Ctrl-D with its history", async () => {
    const person = new Person(["earlier"]);
    expect(person.look()).toBe("QEMU 7.2.22 monitor - type 'help' for more information\n(qemu) ");
    expect(await person.type("info status", "\r")).toContain("VM status: running\n");
    await person.type(ctrl.d);
    expect(await person.history).toEqual(["info status", "earlier"]);
  });

  it("completes", async () => {
    const person = new Person();
    expect(await person.type("migrate_set_p", "\t", "cpu-throttle-t", "\t")).toContain(
      "cpu-throttle-tailslow ",
    );
  });

  it("drops a line on Ctrl-C", async () => {
    const person = new Person();
    await person.type("nosuch", ctrl.c);
    expect(await person.type("\r")).not.toContain("unknown command");
  });

  it("ends on quit", async () => {
    const person = new Person();
    await person.type("quit", "\r");
    expect(await person.history).toEqual(["quit"]);
  });

  it("says what a wrong word may have meant", async () => {
    const person = new Person();
    expect(await person.type("info statos", "\r")).toContain(
      "unknown command: 'info statos'\ndid you mean 'status'?\n",
    );
  });

  it("searches its history", async () => {
    const person = new Person(["info status", "stop", "info name"]);
    expect(await person.type(ctrl.r, "s", "t")).toContain("(search)'st': info status");
    expect(await person.type(ctrl.r)).toContain("(search)'st': stop");
    expect(await person.type("\r", "info status", "\r")).toContain("VM status: paused\n");
  });

  it("shows long help by the screen", async () => {
    const person = new Person();
    const first = await person.type("help", "\r");
    expect(first).toContain("cont|c");
    expect(first).toContain("-- more");
    expect(first).not.toContain("stop|s");
    expect(await person.type("q")).toContain("(qemu) ");
  });

  it("watches a migration until that ends or a key comes", async () => {
    const person = new Person();
    expect(await person.type("watch migrate", "\r")).toContain("migration   none\n(qemu) ");
    await person.type("migrate -d sim:", "\r");
    expect(await person.type("watch migrate", "\r")).toMatch(/throttle {4}off\n$/);
    expect(await person.type("q", "\r")).toContain("(qemu) ");
  });
});

describe("hintFor", () => {
  const { table, machine } = createMonitor();
  const cases: [line: string, hint: string | undefined][] = [
    ["migrat", "did you mean 'migrate'?"],
    ["device_add x", "QEMU has 'device_add', this monitor has not"],
    ["info pci", "QEMU has 'pci', this monitor has not"],
    ["help migrate_cancle", "did you mean 'migrate_cancel'?"],
    ["migrate_set_parameter tailslow on", undefined],
    ["migrate_set_parameter cpu_throttle_initial 1", "did you mean 'cpu-throttle-initial'?"],
    ["migrate_set_capability auto-convergence on", "did you mean 'auto-converge'?"],
    ["migrate_set_parameter cpu-throttle-initial 0", undefined],
    ["stop", undefined],
    ["", undefined],
  ];
  it.each(cases)("%j", (line, hint) => {
    expect(hintFor(line, table, machine)).toBe(hint);
  });
});
