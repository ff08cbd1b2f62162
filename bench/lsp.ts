/**
 * How long the language server takes to answer an edit for a whole schema, over stdio:
 *
 *     npm run build && npx tsx bench/lsp.ts [FOLDER] [EDITS]
 *
 * FOLDER holds QEMU's `qapi-schema.json` and `block-core.json`. Each edit changes a type in
 * `block-core.json` to one that is not there, or back; the answer is the change in what the server says
 * is wrong. So it is read, checked and resolved as a whole each time, 46 files of it.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { printRow } from "./row.js";

const [folder = "../shared/corpus/qemu-10.2.2/qapi", edits = "200"] = process.argv.slice(2);
const cli = fileURLToPath(new URL("../dist/cli/qapi.cjs", import.meta.url));
const path = resolve(join(folder, "block-core.json"));
const uri = pathToFileURL(path).href;
const text = readFileSync(path, "utf8");
/** Edits before the measured ones: code is compiled in them. */
const warmUp = 20;

const server = spawn(process.execPath, [cli, "lsp", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
const connection = createProtocolConnection(
  new StreamMessageReader(server.stdout),
  new StreamMessageWriter(server.stdin),
);
let answered: (() => void) | undefined;
connection.onNotification("textDocument/publishDiagnostics", (message: { readonly uri: string }) => {
  if (message.uri === uri) answered?.();
});
connection.listen();
await connection.sendRequest("initialize", {
  processId: null,
  rootUri: pathToFileURL(resolve(folder)).href,
  capabilities: {},
});
await connection.sendNotification("initialized", {});
await connection.sendNotification("textDocument/didOpen", {
  textDocument: { uri, languageId: "qapi", version: 1, text },
});
await connection.sendRequest("workspace/symbol", { query: "BlockdevOptions" });

const before = text.slice(0, text.indexOf("'ImageInfo'") + 1);
const line = before.split("\n").length - 1;
const character = before.length - before.lastIndexOf("\n") - 1;
const times: number[] = [];
const letter = { start: { line, character }, end: { line, character: character + 1 } };
const nowhere = { start: letter.start, end: letter.start };
for (let edit = 0; edit < warmUp + Number(edits); edit++) {
  const change = edit % 2 === 0 ? { range: nowhere, text: "Z" } : { range: letter, text: "" };
  const start = performance.now();
  const answer = new Promise<void>((done) => (answered = done));
  await connection.sendNotification("textDocument/didChange", {
    textDocument: { uri, version: edit + 2 },
    contentChanges: [change],
  });
  await answer;
  if (edit >= warmUp) times.push(performance.now() - start);
}
const sorted = times.toSorted((a, b) => a - b);
console.log(`${path}: ${times.length} edits after ${warmUp}`);
printRow({
  ...{ what: "language server: an edit to diagnostics", against: "–", values: times, unit: "ms", digits: 0 },
  ...{ budget: "≤ 60 ms", aim: "15 ms" },
});
printRow({
  ...{ what: "– at p95", against: "–", values: [sorted[Math.floor(sorted.length * 0.95)] ?? NaN] },
  ...{ unit: "ms", digits: 0, budget: "≤ 120 ms", aim: "30 ms" },
});
await connection.sendRequest("shutdown");
await connection.sendNotification("exit");
connection.dispose();
