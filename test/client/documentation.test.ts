import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { formatWithOptions } from "node:util";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { serve, type RunningServer } from "../../src/server/index.js";
import { compileExamples } from "../support/compile-examples.js";
import { qemuVersion } from "./qemu.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const page = readFileSync(join(root, "docs/client.md"), "utf8");

interface Example {
  readonly number: number;
  readonly needsQemu: boolean;
  readonly code: string;
  /** What it prints, where the page says. */
  readonly output: string | undefined;
}

const examples: readonly Example[] = [
  ...page.matchAll(/^```ts( qemu)?\n([^]*?)^```\n(?:\n```text\n([^]*?)^```\n)?/gm),
].map(([, needs, code = "", output], number) => ({ number, needsQemu: needs !== undefined, code, output }));

const folder = mkdtempSync(join(tmpdir(), "qapi-docs-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("the examples of docs/client.md", () => {
  let server: RunningServer;
  let agent: Server;
  beforeEach(async () => {
    // A guest that writes little, on a fast clock: migrations end soon.
    server = await serve({ listen: join(folder, "qmp.sock"), guest: "dirty-rate=1M", simClock: "wall:100" });
    agent = guestAgent();
    await new Promise<void>((resolve) => agent.listen(join(folder, "qga.sock"), resolve));
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await server.close();
    await new Promise((resolve) => agent.close(resolve));
  });

  it("are there", () => {
    expect(examples.length).toBeGreaterThan(7);
  });

  it("compile", () => {
    expect(compileExamples(examples.map(({ code }) => code))).toBe("");
  });

  it.each(examples)("number $number runs", async ({ number, needsQemu, code, output }) => {
    if (needsQemu && qemuVersion === undefined) {
      process.stderr.write(`docs/client.md: example ${number} needs a QEMU and is skipped\n`);
      return;
    }
    let printed = "";
    vi.spyOn(console, "log").mockImplementation((...values: unknown[]) => {
      printed += `${formatWithOptions({ colors: false }, ...values)}\n`;
    });
    const path = join(folder, `example-${number}.ts`);
    writeFileSync(
      path,
      code
        .replaceAll("/run/vm", folder)
        .replace('"./qapi/index.js"', JSON.stringify(join(root, "generated/qapi/index.ts"))),
    );
    await import(pathToFileURL(path).href);
    if (output !== undefined) expect(printed).toBe(output);
  });
});

function guestAgent(): Server {
  return createServer((socket) => {
    socket.on("data", (chunk: Buffer) => {
      for (const line of chunk.toString("latin1").split("\n")) {
        const id = /"id": (\d+)/.exec(line)?.[1];
        if (line !== "")
          socket.write(Buffer.from(id ? `\xff{"return": ${id}}\n` : '{"return": {}}\n', "latin1"));
      }
    });
    socket.on("error", () => socket.destroy());
  });
}
