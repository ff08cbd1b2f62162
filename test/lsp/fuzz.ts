import { pathToFileURL } from "node:url";
import type { Position, Range } from "vscode-languageserver-protocol";
import { ResponseError, type Diagnostic } from "vscode-languageserver-protocol/node";
import { seededRandom } from "../../src/migration/simulator/random.js";
import { startClient } from "./client.js";

/** What the editing hand types: all that means something, and what means nothing. */
const snippets = [
  "'",
  "{",
  "}",
  "[",
  "]",
  ":",
  ",",
  "#",
  "##\n",
  "\n",
  "\r\n",
  "@",
  "`",
  "*",
  " ",
  "\t",
  "\0",
  "é",
  "\u{1F600}",
  "\ud800",
  "{ 'struct': 'Fuzz', 'data': { 'a': 'int' } }\n",
  "{ 'enum': 'Fuzz', 'data': [ 'a' ] }\n",
  "{ 'include': 'types.json' }\n",
  "{ 'pragma': { 'doc-required': true } }\n",
  "{ 'command': '__proto__', 'data': { 'constructor': 'str' } }\n",
  "##\n# @Fuzz:\n#\n# @a: b\n##\n",
  "# lint-ignore unused-type: because\n",
  "'if': { 'all': [ 'CONFIG_A' ] }",
];

const requests = [
  "hover",
  "definition",
  "typeDefinition",
  "references",
  "prepareRename",
  "rename",
  "completion",
  "documentSymbol",
  "foldingRange",
  "selectionRange",
  "semanticTokens/full",
  "inlayHint",
  "codeAction",
  "codeLens",
  "formatting",
  "rangeFormatting",
] as const;

/** What a run did, and what went wrong in it. */
export interface FuzzRun {
  readonly edits: number;
  readonly requests: number;
  readonly faults: readonly string[];
  /** In bytes, after a tenth of the run and after all of it. */
  readonly heap: readonly [number, number];
}

/**
 * Types at random into a file of a schema and asks for everything at random places. Faults are answers that are
 * errors other than refusals, and places in answers about that file that are not in its text.
 */
export async function fuzz(root: string, path: string, before: string, rounds: number): Promise<FuzzRun> {
  const client = await startClient(root);
  const uri = pathToFileURL(path).href;
  const draw = seededRandom(1);
  const random = (below: number): number => Math.floor(draw() * below);
  const faults: string[] = [];
  let [text, version, edits, asked] = [before, 1, 0, 0];
  let heap: [number, number] = [0, 0];
  await client.open(path, text);
  for (let round = 0; round < rounds; round++) {
    if (round === Math.floor(rounds / 10)) heap = [heapNow(), 0];
    if (random(3) === 0 || asked === 0) {
      // From time to time all is well again, as it is under an author's hand.
      const isReset = random(25) === 0;
      const from = random(text.length + 1);
      const to = Math.min(text.length, from + (random(2) === 0 ? 0 : random(40)));
      const typed = snippets[random(snippets.length)] ?? "";
      const change = isReset
        ? { text: before }
        : { range: { start: positionOf(text, from), end: positionOf(text, to) }, text: typed };
      text = isReset ? before : text.slice(0, from) + typed + text.slice(to);
      edits++;
      await client.connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version: ++version },
        contentChanges: [change],
      });
    }
    const request = requests[random(requests.length)] ?? "hover";
    const position = random(20) === 0 ? wild(random) : positionOf(text, random(text.length + 1));
    asked++;
    try {
      const answer = await client.connection.sendRequest<unknown>(`textDocument/${request}`, {
        textDocument: { uri },
        position,
        positions: [position],
        range: { start: position, end: position },
        newName: `Renamed${random(3)}`,
        context: { includeDeclaration: true, diagnostics: [] },
        options: { tabSize: 2, insertSpaces: true },
      });
      for (const range of rangesIn(answer, uri)) {
        if (!isIn(text, range)) faults.push(`${request}: ${JSON.stringify(range)}`);
      }
    } catch (error) {
      // -32803: the server says why it does not do it.
      if (!(error instanceof ResponseError) || error.code !== -32803)
        faults.push(`${request}: ${String(error)}`);
    }
  }
  await client.settled();
  heap[1] = heapNow();
  const told: readonly Diagnostic[] = client.diagnostics.get(uri) ?? [];
  for (const { range, message } of told)
    if (!isIn(text, range)) faults.push(`diagnostic: ${JSON.stringify(message)}`);
  await client.close();
  return { edits, requests: asked, faults, heap };
}

function heapNow(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

function wild(random: (below: number) => number): Position {
  const numbers = [0, 1, 2 ** 31 - 1, 99999];
  return { line: numbers[random(4)] ?? 0, character: numbers[random(4)] ?? 0 };
}

/** Lines end as the protocol has it: with a line feed, a carriage return or both. */
const lineEnd = /\r\n|\n|\r/g;

function positionOf(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split(lineEnd);
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

function isIn(text: string, { start, end }: Range): boolean {
  const lines = text.split(lineEnd);
  const isPlace = ({ line, character }: Position): boolean => character <= (lines[line]?.length ?? -1);
  return (
    isPlace(start) &&
    isPlace(end) &&
    (start.line < end.line || start.character <= end.character || start.line === end.line)
  );
}

/** Every range in an answer that is about the file. */
function rangesIn(answer: unknown, uri: string): Range[] {
  if (typeof answer !== "object" || answer === null) return [];
  if ("uri" in answer && answer.uri !== uri) return [];
  const found: Range[] = [];
  for (const [key, value] of Object.entries(answer)) {
    if (key.startsWith("file:") && key !== uri) continue;
    if (isRange(value)) found.push(value);
    else found.push(...rangesIn(value, uri));
  }
  return found;
}

function isRange(value: unknown): value is Range {
  return typeof value === "object" && value !== null && "start" in value && "end" in value;
}
