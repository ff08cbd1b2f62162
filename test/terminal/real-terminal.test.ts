import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const program = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
/** util-linux's `script` gives a command a terminal of its own. */
const hasScript = spawnSync("script", ["--version"], { encoding: "utf8" }).stdout.includes("util-linux");
if (!hasScript) process.stderr.write("script: not found; the suite on a real terminal is skipped\n");

describe.skipIf(!hasScript)("a real terminal", () => {
  let folder: string;
  let running: ChildProcess | undefined;
  let seen = "";
  beforeEach(() => {
    if (!existsSync(program)) throw new Error("not built: run `npm run build` first");
    folder = mkdtempSync(join(tmpdir(), "qapi-terminal-"));
    seen = "";
  });
  afterEach(() => {
    running?.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (size: string): ((keys: string) => void) => {
    const line = `stty ${size}; exec ${process.execPath} ${program} hmp`;
    const child = spawn("script", ["-qec", line, "/dev/null"], {
      env: { ...process.env, QAPI_HISTORY: folder, TERM: "xterm" },
      stdio: ["pipe", "pipe", "inherit"],
    });
    running = child;
    child.stdout.on("data", (bytes: Buffer) => (seen += bytes.toString()));
    return (keys) => child.stdin.write(keys);
  };
  const see = (text: string | RegExp) => expect.poll(() => seen, { timeout: 15_000 }).toMatch(text);

  it.each(["cols 0 rows 0", "cols 12 rows 4", "cols 40 rows 15", "cols 200 rows 50"])(
    "of %s shows help",
    async (size) => {
      const type = open(size);
      await see(/\(qemu\)|\)/);
      type("help\r");
      await see("cont|c");
      type("q\x15quit\r");
      await new Promise((resolve) => running?.once("exit", resolve));
      expect(running?.exitCode).toBe(0);
      expect(seen).not.toContain("bug in qapi");
    },
  );

  it("that is closed leaves the history behind", async () => {
    const type = open("cols 80 rows 24");
    await see("(qemu)");
    type("info status\rstop\r");
    await see(/info status[^]*stop[^]*\(qemu\)/);
    running?.kill("SIGKILL");
    await expect.poll(() => readFileSync(join(folder, "hmp-history"), "utf8")).toBe("info status\nstop\n");
  });
});
