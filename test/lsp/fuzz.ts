import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { ResponseError } from "vscode-languageserver-protocol/node";
import type {
  Diagnostic,
  DocumentSymbol,
  Position,
  Range,
  SemanticTokens,
  TextEdit,
} from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
import { seededRandom } from "../../src/migration/simulator/random.js";
import { isSpace } from "../../src/qapi/parse/python-text.js";
import { applyEdits, startClient, type TestClient } from "./client.js";

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
  "\r",
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
  "{ 'include': 'main.json' }\n",
  "{ 'include': '../x.json' }\n",
  "{ 'pragma': { 'doc-required': true } }\n",
  "{ 'command': '__proto__', 'data': { 'constructor': 'str' } }\n",
  "##\n# @Fuzz:\n#\n# @a: b\n##\n",
  '##\n# @Fuzz:\n#\n# `Fuzz` @Fuzz\n#\n# .. qmp-example::\n#\n#     -> { "execute": "query-clock" }\n##\n',
  "# lint-ignore unused-type: because\n",
  "'if': { 'all': [ 'CONFIG_A' ] }",
  "'features': [ 'deprecated' ]",
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
  "semanticTokens/range",
  "inlayHint",
  "codeAction",
  "codeLens",
  "formatting",
  "rangeFormatting",
  "diagnostic",
] as const;

/** What a run did, and what went wrong in it. */
export interface FuzzRun {
  readonly edits: number;
  readonly requests: number;
  /** How often the server was held against a fresh one. */
  readonly comparisons: number;
  readonly faults: readonly string[];
  /** In bytes, after a tenth of the run and after all of it. */
  readonly heap: readonly [number, number];
}

interface Opened {
  readonly path: string;
  readonly uri: string;
  readonly before: string;
  text: string;
  version: number;
}

export interface FuzzOptions {
  readonly rounds: number;
  readonly seed?: number;
  /** So many rounds apart, about, the server is held against a fresh one. */
  readonly compareEvery?: number;
}

/**
 * Types at random into files of a schema and asks for everything at random places. Faults are answers that
 * are errors other than refusals, places in answers that are not in the text they are about, layouts that
 * change more than blanks and comment marks, and whatever a fresh server says otherwise of the same texts.
 */
export async function fuzz(
  root: string,
  paths: readonly string[],
  { rounds, seed = 1, compareEvery = 200 }: FuzzOptions,
): Promise<FuzzRun> {
  const client = await startClient(root);
  const draw = seededRandom(seed);
  const random = (below: number): number => Math.floor(draw() * below);
  const faults: string[] = [];
  const files = paths.map((path): Opened => {
    const before = readFileSync(path, "utf8");
    return { path, uri: pathToFileURL(path).href, before, text: before, version: 1 };
  });
  const textOf = new Map(files.map((file) => [file.uri, () => file.text]));
  let [edits, asked, comparisons] = [0, 0, 0];
  let heap: [number, number] = [0, 0];
  for (const { path, text } of files) await client.open(path, text);
  for (let round = 0; round < rounds; round++) {
    if (round === Math.floor(rounds / 10)) heap = [heapNow(), 0];
    const file = files[random(files.length)]!;
    if (random(3) === 0) {
      edits++;
      await edit(client, file, random);
    }
    const request = requests[random(requests.length)]!;
    asked++;
    faults.push(...(await ask(client, request, file, textOf, random)));
    if (random(compareEvery) === 0) {
      comparisons++;
      faults.push(
        ...(await differences(root, client, files)).map((each) => `after ${round} rounds: ${each}`),
      );
    }
    if (faults.length > 20) break;
  }
  await client.settled();
  for (const [uri, told] of client.diagnostics) {
    const text = textOf.get(uri)?.();
    for (const { range, message } of told)
      if (text !== undefined && !isIn(text, range)) faults.push(`diagnostic: ${JSON.stringify(message)}`);
  }
  heap[1] = heapNow();
  await client.close();
  return { edits, requests: asked, comparisons, faults, heap };
}

async function edit(client: TestClient, file: Opened, random: (below: number) => number): Promise<void> {
  const { before, text, uri } = file;
  // From time to time all is well again, as it is under an author's hand.
  const isReset = random(20) === 0;
  const from = random(text.length + 1);
  const to = Math.min(text.length, from + (random(2) === 0 ? 0 : random(40)));
  const typed = snippets[random(snippets.length)]!;
  const change = isReset
    ? { text: before }
    : { range: { start: positionOf(text, from), end: positionOf(text, to) }, text: typed };
  const document = TextDocument.create(uri, "qapi", file.version, text);
  file.text = TextDocument.update(document, [change], file.version + 1).getText();
  await client.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri, version: ++file.version },
    contentChanges: [change],
  });
}

async function ask(
  client: TestClient,
  request: (typeof requests)[number],
  { uri, text }: Opened,
  textOf: ReadonlyMap<string, () => string>,
  random: (below: number) => number,
): Promise<string[]> {
  const position = random(20) === 0 ? wild(random) : positionOf(text, random(text.length + 1));
  try {
    const answer = await client.ask<unknown>(`textDocument/${request}`, uri, {
      position,
      positions: [position],
      range: { start: position, end: position },
      newName: `Renamed${random(3)}`,
      context: { includeDeclaration: true, diagnostics: [] },
      options: { tabSize: 2, insertSpaces: true },
    });
    const faults: string[] = [];
    for (const found of rangesIn(answer, uri)) {
      const about = textOf.get(found.uri)?.();
      if (about !== undefined && !isIn(about, found.range))
        faults.push(`${request}: ${JSON.stringify(found.range)} in ${JSON.stringify(about)}`);
    }
    if (request === "formatting" || request === "rangeFormatting") {
      const after = applyEdits(text, answer as TextEdit[]);
      if (bare(after) !== bare(text)) faults.push(`${request}: ${JSON.stringify(text)}`);
    }
    return faults;
  } catch (error) {
    // -32803: the server says why it does not do it.
    const isRefusal = error instanceof ResponseError && error.code === -32803;
    return isRefusal ? [] : [`${request}: ${String(error)} in ${JSON.stringify(text)}`];
  }
}

/** A text without what laying it out may change: blanks, comment marks, and on which side of a comment a comma stands. */
function bare(text: string): string {
  return Array.from(text)
    .filter((character) => !isSpace(character.charCodeAt(0)) && character !== "#")
    .sort()
    .join("");
}

/** What a fresh server says otherwise of the same texts. */
async function differences(root: string, client: TestClient, files: readonly Opened[]): Promise<string[]> {
  const fresh = await startClient(root);
  for (const { path, text } of files) await fresh.open(path, text);
  const [mine, theirs] = [await stateOf(client, files), await stateOf(fresh, files)];
  await fresh.close();
  return [...new Set([...mine.keys(), ...theirs.keys()])].flatMap((key) => {
    const [a, b] = [mine.get(key) ?? "", theirs.get(key) ?? ""];
    return a === b ? [] : [`${key}: ${a.slice(0, 2000)}\nfresh: ${b.slice(0, 2000)}`];
  });
}

async function stateOf(client: TestClient, files: readonly Opened[]): Promise<Map<string, string>> {
  await client.settled();
  const state = new Map<string, string>();
  for (const [uri, list] of client.diagnostics) {
    const said = list.map((each: Diagnostic) => JSON.stringify(each)).join("\n");
    if (said !== "") state.set(`diagnostics of ${uri}`, said);
  }
  for (const { uri } of files) {
    for (const what of ["documentSymbol", "semanticTokens/full", "foldingRange"]) {
      const answer = await client.ask<DocumentSymbol[] | SemanticTokens>(`textDocument/${what}`, uri);
      state.set(`${what} of ${uri}`, JSON.stringify("data" in answer ? answer.data : answer));
    }
  }
  return state;
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

function heapNow(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

function wild(random: (below: number) => number): Position {
  const numbers = [0, 1, 2 ** 31 - 1, 99999];
  return { line: numbers[random(4)]!, character: numbers[random(4)]! };
}

/** Lines end as the protocol has it: with a line feed, a carriage return or both. */
const lineEnd = /\r\n|\n|\r/g;

function positionOf(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split(lineEnd);
  return { line: lines.length - 1, character: lines.at(-1)!.length };
}

function isIn(text: string, { start, end }: Range): boolean {
  const lines = text.split(lineEnd);
  const isPlace = ({ line, character }: Position): boolean => character <= (lines[line]?.length ?? -1);
  const isForward = start.line < end.line || (start.line === end.line && start.character <= end.character);
  return isPlace(start) && isPlace(end) && isForward;
}

/** Every range in an answer, and the file that it is about. */
function rangesIn(answer: unknown, uri: string): { uri: string; range: Range }[] {
  if (typeof answer !== "object" || answer === null) return [];
  const own = "uri" in answer && typeof answer.uri === "string" ? answer.uri : uri;
  return Object.entries(answer).flatMap(([key, value]) => {
    const about = key.startsWith("file:") ? key : own;
    return isRange(value) ? [{ uri: about, range: value }] : rangesIn(value, about);
  });
}

function isRange(value: unknown): value is Range {
  return typeof value === "object" && value !== null && "start" in value && "end" in value;
}
