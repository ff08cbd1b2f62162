import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { askSchema } from "../../src/cli/live-client.js";
import { connect, type QmpClient } from "../../src/client/index.js";
import { serve, type RunningServer } from "../../src/server/index.js";
import { LiveMonitor } from "../../src/shell/live-monitor.js";
import { QmpShell } from "../../src/shell/qmp-shell.js";
import type { LineShell, ShellResult } from "../../src/terminal/line-shell.js";
import { ctrl, localMonitor, Person } from "./person.js";

/** A shell that says back what it is told. */
class Echo implements LineShell {
  readonly prompt = "> ";
  readonly lines: string[] = [];

  constructor(
    private readonly answer: (line: string) => ShellResult | Promise<ShellResult> = (line) => ({
      output: `did ${line}\n`,
      failed: false,
    }),
  ) {}

  run(line: string): ShellResult | Promise<ShellResult> {
    this.lines.push(line);
    return this.answer(line);
  }

  complete(line: string) {
    const typed = line.split(" ").at(-1) ?? "";
    return {
      candidates: ["status", "stop", "z", "Z", "a_b", "aXb"].filter((each) => each.startsWith(typed)),
      typed,
    };
  }

  hint(line: string): string {
    return `not ${line}?`;
  }
}

describe("a conversation", () => {
  it("greets, answers, and leaves on Ctrl-D with its history", async () => {
    const remembered: string[] = [];
    const shell = localMonitor();
    const person = new Person(shell, {
      history: ["earlier"],
      greeting: shell.greeting,
      remember: (line) => remembered.push(line),
    });
    expect(person.look()).toBe("QEMU 7.2.22 monitor - type 'help' for more information\n(qemu) ");
    expect(await person.type("info status", "\r")).toContain("VM status: running\n");
    await person.type(ctrl.d);
    expect(await person.history).toEqual(["info status", "earlier"]);
    expect(remembered).toEqual(["info status"]);
  });

  it("keeps each line before it is run, and ends with its terminal", async () => {
    const remembered: string[] = [];
    const shell = new Echo(() => {
      expect(remembered).toEqual(["one"]);
      return { output: "", failed: false };
    });
    const person = new Person(shell, { remember: (line) => remembered.push(line) });
    await person.type("one\r");
    person.hangUp();
    expect(await person.history).toEqual(["one"]);
    expect(shell.lines).toEqual(["one"]);
  });

  it("drops a line on Ctrl-C", async () => {
    const person = new Person(localMonitor());
    await person.type("nosuch", ctrl.c);
    expect(await person.type("\r")).not.toContain("unknown command");
  });

  it("ends on quit", async () => {
    const person = new Person(localMonitor());
    await person.type("quit", "\r");
    expect(await person.history).toEqual(["quit"]);
  });

  it("lets go of a line that keeps it waiting on Ctrl-C, and forgets what was typed ahead", async () => {
    const shell = new Echo((line) =>
      line === "wait" ? new Promise(() => undefined) : { output: "ok\n", failed: false },
    );
    const person = new Person(shell);
    await person.type("wait\r", "ahead\r");
    expect(shell.lines).toEqual(["wait"]);
    expect(await person.type(ctrl.c, "next\r")).toContain("> next");
    expect(shell.lines).toEqual(["wait", "next"]);
  });

  it("ends with its signal, the answer that is under way included", async () => {
    const end = new AbortController();
    let answer: (result: ShellResult) => void = () => undefined;
    const person = new Person(new Echo(() => new Promise((resolve) => (answer = resolve))), {
      signal: end.signal,
    });
    await person.type("line\r");
    end.abort();
    answer({ output: "gone\n", failed: false });
    await person.history;
    expect(person.look()).toContain("gone\n");
    const idle = new Person(new Echo(), { signal: end.signal });
    expect(await idle.history).toEqual([]);
  });

  it("fails as its shell does", async () => {
    const person = new Person(new Echo(() => Promise.reject(new Error("broken"))));
    const failed = expect(person.history).rejects.toThrow("broken");
    await person.type("x\r");
    await failed;
  });
});

describe("what is typed at once", () => {
  it("is many lines, each above its answer", async () => {
    const person = new Person(
      new Echo((line) => Promise.resolve({ output: `did ${line}\n`, failed: false })),
    );
    const seen = await person.type("one\rtwo\r\nthree\nfour");
    expect(seen.replaceAll("\r", "")).toBe("one\ndid one\n> two\ndid two\n> three\ndid three\n> four");
  });

  it("has its tabs completed in their place", async () => {
    const shell = new Echo();
    const person = new Person(shell);
    await person.type("x stat\t\rz\t\r");
    expect(shell.lines).toEqual(["x status ", "z "]);
  });

  it("before the prompt is there, waits for it", async () => {
    let answer: (result: ShellResult) => void = () => undefined;
    const shell = new Echo((line) =>
      line === "slow"
        ? new Promise((resolve) => (answer = resolve))
        : { output: `did ${line}\n`, failed: false },
    );
    const person = new Person(shell);
    await person.type("slow\r", "x s", "ta", "\t", "y\r");
    expect(person.look()).not.toContain("sta");
    answer({ output: "at last\n", failed: false });
    await person.wait();
    expect(person.look().replaceAll("\r", "")).toMatch(/slow\nat last\n> x status y\ndid x status y\n> $/);
  });

  it("stands in the history when it is longer than a screen's width", async () => {
    const line = "é".repeat(300);
    const person = new Person(new Echo());
    await person.type(`${line}\r`, ctrl.d);
    expect(await person.history).toEqual([line]);
  });
});

describe("completion", () => {
  it("lists in the order of QEMU's lists, which is that of bytes", async () => {
    const person = new Person(localMonitor());
    const seen = await person.type("migrate_s", "\t", "\t");
    const listed = seen.match(/migrate_s\w+/g);
    expect(listed?.slice(0, 3)).toEqual([
      "migrate_set_capability",
      "migrate_set_parameter",
      "migrate_start_postcopy",
    ]);
    const odd = await new Person(new Echo()).type("\t", "\t");
    expect(odd.match(/[\w]+/g)?.slice(-6)).toEqual(["Z", "aXb", "a_b", "status", "stop", "z"]);
  });

  it("goes on behind the only candidate", async () => {
    const person = new Person(localMonitor());
    expect(await person.type("migrate_set_p", "\t", "cpu-throttle-t", "\t")).toContain(
      "cpu-throttle-tailslow ",
    );
  });
});

describe("a search through the history", () => {
  const history = ["info status", "stop", "info name", "wide 😀 line"];

  it("finds the latest line first, and runs it on Enter", async () => {
    const shell = new Echo();
    const person = new Person(shell, { history });
    expect(await person.type(ctrl.r, "s", "t")).toContain("(search)'st': info status");
    expect(await person.type(ctrl.r)).toContain("(search)'st': stop");
    await person.type("\r");
    expect(shell.lines).toEqual(["stop"]);
  });

  it("leaves the line found to be edited by any other key, which then does what it does", async () => {
    const shell = new Echo();
    const person = new Person(shell, { history });
    await person.type(ctrl.r, "name", ctrl.a, "x ", "\r");
    await person.type(ctrl.r, "stop", "\x1b[D", "o", "\r");
    expect(shell.lines).toEqual(["x info name", "stoop"]);
  });

  it("is given up, takes back letters, and fits the screen", async () => {
    const shell = new Echo();
    const person = new Person(shell, { history, columns: 20 });
    expect(await person.type(ctrl.r, "😀")).toContain("(search)'😀': wide ");
    expect(await person.type("\x7f")).toContain("(search)'': ");
    await person.type(ctrl.g, "\r");
    expect(shell.lines).toEqual([""]);
  });
});

describe("output", () => {
  it.each([
    [0, 0],
    [1, 1],
    [3, 2],
    [40, 5],
    [200, 10],
  ])("is shown by the screen on a terminal of %d columns and %d rows", async (columns, rows) => {
    const text = Array.from({ length: 20 }, (_, index) => `line ${index}\n`).join("");
    const person = new Person(new Echo(() => ({ output: text, failed: false })), { columns, rows });
    const first = await person.type("x", "\r");
    // A terminal that does not tell its size is taken for a usual one, which all of it fits.
    expect(first.includes("line 19")).toBe(columns === 0);
    expect(await person.type("q")).toContain(columns === 0 ? "q" : "> ");
    expect(await person.type(ctrl.u, "x", "\r", ctrl.c)).toContain("> ");
  });

  it("goes on by a screen, or by a line", async () => {
    const text = Array.from({ length: 30 }, (_, index) => `line ${index}\n`).join("");
    const person = new Person(new Echo(() => ({ output: text, failed: false })));
    expect(await person.type("x\r")).toMatch(/line 8\n-- more[^\n]*$/);
    expect(await person.type("\r")).toMatch(/^\rline 9\n-- more[^\n]*$/);
    expect(await person.type(" ")).toMatch(/line 18\n-- more[^\n]*$/);
    expect(await person.type(" ", " ")).toMatch(/line 29\n> $/);
  });

  it("is not held back from who has typed ahead, nor from programs", async () => {
    const text = "line\n".repeat(30);
    const shell = new Echo(() => ({ output: text, failed: false }));
    expect(await new Person(shell).type("x\ry\r")).toMatch(/line\n> y\r\n(line\n){9}-- more/);
    const raw = Object.assign(new Echo(() => ({ output: text, failed: false })), { isForPrograms: true });
    expect(await new Person(raw).type("x\r")).toContain(text);
  });

  it("has no control characters in it", async () => {
    const shell = new Echo(() => ({ output: "\x1b[31mred\x07\x7f\x9b2J\n", failed: false }));
    const person = new Person(shell);
    expect(await person.type("x\r")).toContain("\\u001b[31mred\\u0007\\u007f\\u009b2J\n");
    person.terminal.notice("\x1b]0;title\x07\n");
    expect(person.look()).toContain("\\u001b]0;title\\u0007\n");
  });

  it("is followed by a hint where the line failed", async () => {
    const person = new Person(new Echo(() => ({ output: "no\n", failed: true })), { color: true });
    await person.type("x\r");
    expect(person.raw()).toContain("no\n\x1b[2mnot x?\x1b[22m\n");
  });
});

describe("a notice", () => {
  it("stands above the line that is being typed, however long that is", async () => {
    const person = new Person(new Echo(), { columns: 20 });
    await person.type("x".repeat(50));
    person.terminal.notice("-- STOP\n");
    // Three rows up, and three lines on again, which the editor goes back up.
    expect(person.raw()).toContain("\x1b[2A\r\x1b[J-- STOP\n\n\n");
    expect(await person.type("\r")).toContain(`did ${"x".repeat(50)}`);
  });

  it("comes at once while an answer is waited for, and after what has the screen", async () => {
    const long = "line\n".repeat(30);
    const shell = new Echo((line) =>
      line === "wait" ? new Promise(() => undefined) : { output: long, failed: false },
    );
    const person = new Person(shell);
    await person.type("wait\r");
    person.terminal.notice("-- ONE\n");
    expect(person.look()).toMatch(/wait\r\n-- ONE\n$/);
    await person.type(ctrl.c, "x\r");
    person.terminal.notice("-- TWO\n");
    expect(person.look()).not.toContain("TWO");
    expect(await person.type("q")).toMatch(/-- TWO\n> $/);
  });
});

describe("watch migrate", () => {
  it("shows a migration until that ends or a key comes, on a screen of its own", async () => {
    const person = new Person(localMonitor(), { columns: 59 });
    expect(await person.type("watch migrate", "\r")).toContain("migration   none\n(qemu) ");
    await person.type("migrate -d sim:", "\r");
    await person.type("watch migrate", "\r");
    expect(person.raw()).toContain("\x1b[?1049h");
    expect(person.look()).toContain("throttle    off");
    await person.type("q");
    // eslint-disable-next-line no-control-regex -- escape sequences begin with one
    expect(person.raw()).toMatch(/\x1b\[\?1049l[^]*throttle {4}off\n[^]*\(qemu\) /);
  });

  it.each([1, 10, 20, 40, 59])("fits %d columns, and is drawn anew at another size", async (columns) => {
    const person = new Person(localMonitor(), { columns });
    await person.type("migrate -d sim:\r", "watch migrate\r");
    const drawn = person.look().split("\r\n").slice(-6);
    for (const line of drawn) expect(line.length).toBeLessThanOrEqual(Math.max(columns, 6));
    await person.type("");
    person.resize(80, 10);
    await person.wait();
    expect(person.look()).toMatch(/\[[#-]{40}\]/);
    expect(await person.type("q", "info status\r")).toContain("VM status: running");
  });

  it("ends with its terminal", async () => {
    const person = new Person(localMonitor());
    await person.type("migrate -d sim:\r", "watch migrate\r");
    person.hangUp();
    expect(await person.history).toEqual(["watch migrate", "migrate -d sim:"]);
  });

  it("does not take the keys of who has typed ahead", async () => {
    const person = new Person(localMonitor());
    const seen = await person.type("migrate -d sim:\rwatch migrate\rinfo status\r");
    expect(seen).toContain("throttle    off\n");
    expect(seen).toContain("VM status: running");
    expect(person.raw()).not.toContain("1049h");
  });
});

describe("all three prompts", () => {
  let server: RunningServer;
  let client: QmpClient;
  beforeEach(async () => {
    server = await serve({ listen: "tcp:127.0.0.1:0", guest: "dirty-rate=1M", simClock: "step:500" });
    client = await connect(server.address);
  });
  afterEach(async () => {
    await client.close();
    await server.close();
  });

  const prompts: [
    name: string,
    open: () => Promise<LineShell>,
    long: string,
    start: string,
    whole: string,
    wrong: string,
    hint: string,
  ][] = [
    [
      "monitor",
      () => Promise.resolve(localMonitor()),
      "help",
      "info stat",
      "info status ",
      "info migrte",
      "did you mean 'info migrate'?",
    ],
    [
      "live monitor",
      async () => LiveMonitor.open(client, await askSchema(client)),
      "help",
      "info stat",
      "info status ",
      "info migrte",
      "did you mean 'info migrate'?",
    ],
    [
      "QMP shell",
      async () => new QmpShell({ client, schema: await askSchema(client) }),
      "query-qmp-schema",
      "query-st",
      "query-status ",
      "query-statos",
      "did you mean 'query-status'?",
    ],
  ];

  it.each(prompts)(
    "%s: completion, history, search, paging and hints",
    async (_, open, long, start, whole, wrong, hint) => {
      const person = new Person(await open());
      await person.type(start, "\t");
      expect(person.look()).toContain(whole.slice(start.length));
      await person.type("\r");
      await vi.waitFor(() => {
        expect(person.look()).toMatch(/running/);
      });
      await person.type(`${wrong}\r`);
      await vi.waitFor(() => {
        expect(person.look()).toContain(hint);
      });
      expect(await person.type(ctrl.r, "stat")).toContain(`(search)'stat': `);
      await person.type(ctrl.c, `${long}\r`);
      await vi.waitFor(() => {
        expect(person.look()).toContain("-- more");
      });
      await person.type("q", "\x1b[A");
      expect(person.look()).toContain(long);
      await person.type(ctrl.u, ctrl.d);
      expect(await person.history).toEqual([long, wrong, whole]);
    },
  );
});
