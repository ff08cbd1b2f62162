// Matchers that hold documents and whole conversations to a schema, for Vitest and for Jest.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkFixture } from "../conformance/check-fixture.js";
import { checkLog } from "../conformance/check-log.js";
import { checkText, type PlacedProblem } from "../conformance/check-text.js";
import { SchemaChecker, type DocumentKind } from "../conformance/schema-checker.js";
import { SourceFile } from "../diagnostic/source.js";
import { schemaOfQapi } from "../live-schema/schema-of-qapi.js";
import type { Qapi } from "../visitor/qapi.js";
import { toWireJson } from "./wire-json.js";
import type { Schema } from "../qapi/schema/model.js";

/** What a document is: a value of a type, a command as it is sent, a command's reply, or an event. */
export type ConformAs =
  | { readonly type: string; readonly tolerant?: boolean }
  | { readonly command: string; readonly tolerant?: boolean }
  | { readonly reply: string; readonly tolerant?: boolean }
  | { readonly event: string; readonly tolerant?: boolean };

declare module "vitest" {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as Vitest declares it
  interface Matchers<T = any> {
    /** Holds a document, or without `as` a conversation, to a schema. */
    toConformTo(schema: ConformSchema, as?: ConformAs): T;
  }

  // Where Vitest before 3.2 looks.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as Vitest declares it
  interface Assertion<T = any> {
    /** Holds a document, or without `as` a conversation, to a schema. */
    toConformTo(schema: ConformSchema, as?: ConformAs): T;
  }
}

/** What a matcher tells the runner. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** What documents are held to: a schema that was compiled or read, or the `qapi` of a generated library. */
export type ConformSchema = Schema | Qapi<unknown, unknown>;

const checkers = new WeakMap<ConformSchema, Map<boolean, SchemaChecker>>();

/**
 * One checker a schema: what it has compiled for one document serves the next.
 *
 * @throws {TypeError} when it is no schema
 */
function checkerOf(schema: ConformSchema, tolerant: boolean): SchemaChecker {
  const known = checkers.get(schema) ?? new Map<boolean, SchemaChecker>();
  const checker = known.get(tolerant) ?? new SchemaChecker(modelOf(schema), { tolerant });
  checkers.set(schema, known);
  known.set(tolerant, checker);
  return checker;
}

function modelOf(schema: ConformSchema): Schema {
  if ("definitions" in schema) return schema;
  if ("commands" in schema && "events" in schema) return schemaOfQapi(schema);
  throw new TypeError(NO_SCHEMA);
}

const NO_SCHEMA =
  "toConformTo wants a schema: what readSchema or compileSchema gave as `schema`, or the `qapi` of a generated library";

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/**
 * The matchers, for `expect.extend`. `toConformTo(schema, { type | command | reply | event })` takes a JSON
 * text or a value (integers as `bigint` or `number`); without the second argument a conversation: the text of
 * a log in any form, or a list of messages.
 */
export const matchers = {
  toConformTo(received: unknown, schema: ConformSchema, as?: ConformAs): MatcherResult {
    // Who calls it from JavaScript may give anything, such as the schema of a reading that failed.
    if (!isObject(schema)) throw new TypeError(NO_SCHEMA);
    const text = typeof received === "string" ? received : textOf(received, as === undefined);
    const problems = as === undefined ? logProblems(text, schema) : documentProblems(text, schema, as);
    const what = as === undefined ? "the conversation" : `the ${kindOf(as).join(" ")}`;
    return {
      pass: problems.length === 0,
      message: () =>
        problems.length === 0
          ? `${what} conforms to the schema`
          : `${what} does not conform to the schema:\n${problems.map((problem) => `  ${problem}`).join("\n")}`,
    };
  },
};

/** What is wrong with the fixtures of a folder; their names say what they are (`query-status.reply.json`). */
export function checkFixtures(folder: string, schema: ConformSchema): string[] {
  const checker = checkerOf(schema, false);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .sort()
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), "utf8");
      return problemLines(text, checkFixture(checker, name, text) ?? []).map((line) => `${name}:${line}`);
    });
}

function kindOf(as: ConformAs): [kind: DocumentKind, name: string] {
  if ("type" in as) return ["type", as.type];
  if ("command" in as) return ["command", as.command];
  return "reply" in as ? ["reply", as.reply] : ["event", as.event];
}

function documentProblems(text: string, schema: ConformSchema, as: ConformAs): string[] {
  const [kind, name] = kindOf(as);
  return problemLines(text, checkText(checkerOf(schema, as.tolerant ?? false), kind, name, text));
}

function problemLines(text: string, problems: readonly PlacedProblem[]): string[] {
  const source = new SourceFile("", text);
  return problems.map(({ pointer, message, start }) => {
    const { line, column } = source.position(start);
    return `${line}:${column}: ${pointer === "" ? "the document" : pointer} ${message}`;
  });
}

function logProblems(log: string, schema: ConformSchema): string[] {
  const checker = checkerOf(schema, false);
  // A program that has said nothing has not been tested.
  if (log.trim() === "") return ["it is empty: there is no message in it"];
  return checkLog(checker, log).map(
    ({ line, column, message, pointer }) =>
      `${line}:${column}: ${pointer === "" ? "the message" : pointer} ${message}`,
  );
}

/** A value as a text, laid out so that a place in it says something; a list of messages one a line. */
function textOf(value: unknown, isLog: boolean): string {
  if (isLog && Array.isArray(value))
    return value.map((each: unknown) => `${toWireJson(each, "compact")}\n`).join("");
  return toWireJson(value, "indented");
}

/** A runner's `expect`, as far as it is needed here. */
interface Extensible {
  extend(added: typeof matchers): void;
}

function isExtensible(value: unknown): value is Extensible {
  return typeof value === "function" && "extend" in value && typeof value.extend === "function";
}

// Importing this module is enough: Jest's `expect` is global, and Vitest's is imported where Vitest runs.
const { expect: global } = globalThis as { readonly expect?: unknown };
if (isExtensible(global)) global.extend(matchers);
else {
  void import("vitest").then(
    ({ expect }) => {
      expect.extend(matchers);
    },
    // Neither runs: whoever imports this calls `expect.extend(matchers)`, or the matchers themselves.
    () => undefined,
  );
}
