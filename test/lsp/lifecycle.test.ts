import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { program } from "./client.js";

const packed = (message: unknown) => {
  const text =
    typeof message === "string" ? message : JSON.stringify({ jsonrpc: "2.0", ...(message as object) });
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
};
const initialize = packed({
  id: 1,
  method: "initialize",
  params: { processId: null, rootUri: null, capabilities: {} },
});
const place = { textDocument: { uri: "file:///nowhere.json" }, position: { line: 0, character: 0 } };
const hover = packed({ id: 2, method: "textDocument/hover", params: place });
const shutdown = packed({ id: 3, method: "shutdown" });
const exit = packed({ method: "exit" });

/** What `qapi lsp` answers, by the ids of what it is asked, and how it ends; without "exit" its client is gone. */
async function run(...sent: string[]) {
  const child = spawn(process.execPath, [program, "lsp"], { stdio: ["pipe", "pipe", "pipe"] });
  let [output, errors] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (data: string) => (output += data));
  child.stderr.setEncoding("utf8").on("data", (data: string) => (errors += data));
  const ended = once(child, "close");
  child.stdin.on("error", () => undefined).end(sent.join(""));
  const [code] = (await ended) as [number | null];
  const answers = output
    .split(/Content-Length: \d+\r\n\r\n/)
    .filter((text) => text !== "")
    .map((text) => JSON.parse(text) as { id?: unknown; error?: { code: number }; result?: unknown })
    .filter((message) => "id" in message)
    .map(({ id, error, result }) => ({ id, code: error?.code, result: id === 1 ? "ready" : result }));
  return { code, errors, answers };
}

describe.concurrent("qapi lsp", () => {
  it("ends with 0 after shutdown and exit, and with 1 after exit alone or when its client is gone", async () => {
    const [well, early, gone, never] = await Promise.all([
      run(initialize, shutdown, exit),
      run(initialize, exit),
      run(initialize),
      run(),
    ]);
    expect([well.code, early.code, gone.code, never.code]).toEqual([0, 1, 1, 1]);
    expect(well.answers.map(({ id }) => id)).toEqual([1, 3]);
    expect(well.errors + early.errors + gone.errors + never.errors).toBe("");
  });

  it("answers nothing before initialize and after shutdown", async () => {
    const before = await run(hover, initialize, shutdown, exit);
    expect(before.answers[0]).toMatchObject({ id: 2, code: -32002 });
    const after = await run(initialize, shutdown, hover, exit);
    expect(after.answers.at(-1)).toMatchObject({ id: 2, code: -32600 });
    expect([before.code, after.code]).toEqual([0, 0]);
  });

  it.each([
    ["what is no JSON", packed("{ not json"), { id: null, code: -32700 }],
    [
      "a request without parameters",
      packed({ id: 2, method: "textDocument/hover" }),
      { id: 2, code: -32602 },
    ],
    [
      "a request with others than it takes",
      packed({ id: 2, method: "textDocument/hover", params: { textDocument: 1, position: "x" } }),
      { id: 2 },
    ],
    [
      "a request that there is none of",
      packed({ id: 2, method: "no/such", params: {} }),
      { id: 2, code: -32601 },
    ],
    ["a second initialize", initialize.replace('"id":1', '"id":2'), { id: 2, code: -32600 }],
  ])("says what is wrong with %s, and goes on", async (_, message, answer) => {
    const { code, answers } = await run(initialize, message, shutdown, exit);
    expect(answers).toContainEqual(expect.objectContaining(answer));
    expect(answers.at(-1)).toMatchObject({ id: 3, result: null });
    expect(code).toBe(0);
  });

  it.each(["42", "null", "[]", '"x"', "{}", '{"jsonrpc":"2.0","method":7}'])(
    "passes over %s",
    async (text) => {
      const { code, answers } = await run(initialize, packed(text), shutdown, exit);
      expect(answers.at(-1)).toMatchObject({ id: 3, result: null });
      expect(code).toBe(0);
    },
  );

  it("says that headers without a length are none", async () => {
    const { answers } = await run("Content-Type: x\r\n\r\n");
    expect(answers).toMatchObject([{ id: null, code: -32700 }]);
  });

  it("stands edits that make no sense", async () => {
    const uri = "file:///nowhere.json";
    const { code, answers } = await run(
      initialize,
      packed({
        method: "textDocument/didChange",
        params: { textDocument: { uri, version: 2 }, contentChanges: [{ text: "x" }] },
      }),
      packed({
        method: "textDocument/didOpen",
        params: { textDocument: { uri, languageId: "qapi", version: 1, text: "{" } },
      }),
      packed({
        method: "textDocument/didChange",
        params: { textDocument: { uri, version: 2 }, contentChanges: [{ range: { start: null }, text: 4 }] },
      }),
      packed({ method: "textDocument/didChange", params: { textDocument: { uri, version: 3 } } }),
      packed({ method: "textDocument/didClose", params: { textDocument: { uri: 5 } } }),
      packed({ id: 2, method: "textDocument/foldingRange", params: { textDocument: { uri } } }),
      shutdown,
      exit,
    );
    expect(answers.find(({ id }) => id === 2)).toMatchObject({ result: [] });
    expect(code).toBe(0);
  });
});
