import {
  isJsonObject,
  JsonError,
  jsonPlaces,
  parseJson,
  placeOf,
  setMember,
  toPointer,
  type JsonObject,
} from "../json/index.js";
import { didYouMean } from "../util/did-you-mean.js";
import { checkValue, type ArgumentProblem } from "./check.js";
import { readValue } from "./read-value.js";
import { findMember, type ObjectType, type SchemaIndex } from "./schema-index.js";
import { splitWords, type Place, type Word } from "./words.js";

/** A line that can be sent. */
export interface CommandLine {
  readonly command: string;
  readonly arguments: JsonObject;
  readonly isOob: boolean;
}

/** What is wrong with a line, and with which part of it. */
export interface LineProblem extends Place {
  readonly message: string;
}

/**
 * Reads `COMMAND KEY=VALUE…`, where keys may lead into objects (`file.driver=null-co`), or a message in
 * JSON. With a schema, values are read by their types and everything is checked.
 *
 * @returns the command, or all that is wrong; undefined for a blank line
 */
export function parseLine(
  line: string,
  schema?: SchemaIndex,
): CommandLine | readonly LineProblem[] | undefined {
  if (line.trim() === "") return undefined;
  return line.trimStart().startsWith("{") ? parseMessage(line, schema) : parseWords(line, schema);
}

function parseWords(line: string, schema: SchemaIndex | undefined): CommandLine | readonly LineProblem[] {
  const [first, ...others] = splitWords(line);
  if (first === undefined) return [];
  const type = schema?.commands.get(first.text)?.arguments;
  const unknown = unknownCommand(first.text, first, schema);
  if (unknown !== undefined) return [unknown];

  const reading = new WordArguments(type);
  for (const word of others) reading.add(word);
  const problems = [...reading.problems];
  if (problems.length === 0 && type !== undefined) {
    for (const problem of checkValue(type, reading.value)) {
      const { start, end } = reading.placeOf(problem.path) ?? first;
      problems.push({ start, end, message: describe(problem, first.text) });
    }
  }
  return problems.length > 0 ? problems : { command: first.text, arguments: reading.value, isOob: false };
}

/** Collects arguments from words, and remembers which came from where. */
class WordArguments {
  readonly value: JsonObject = {};
  readonly problems: LineProblem[] = [];
  private readonly words = new Map<string, Word>();

  constructor(private readonly type: ObjectType | undefined) {}

  add(word: Word): void {
    const at = word.text.indexOf("=");
    if (at <= 0) {
      this.fail(word, "expected KEY=VALUE");
      return;
    }
    const path = splitKey(word.text.slice(0, at), this.type);
    let object = this.value;
    for (const key of path.slice(0, -1)) {
      const next = Object.hasOwn(object, key) ? object[key] : {};
      if (!isJsonObject(next)) {
        this.fail(word, `'${key}' has a value already`);
        return;
      }
      setMember(object, key, next);
      object = next;
    }
    const key = path.at(-1) ?? "";
    if (Object.hasOwn(object, key)) {
      this.fail(word, `'${path.join(".")}' is given twice`);
      return;
    }
    setMember(object, key, readValue(word.text.slice(at + 1), typeAt(path, this.type)));
    this.words.set(toPointer(path), word);
  }

  /** Where a part stands: in a word, or in the JSON that is a word's value. */
  placeOf(path: readonly (string | number)[]): Place | undefined {
    for (let length = path.length; length > 0; length--) {
      const word = this.words.get(toPointer(path.slice(0, length)));
      if (word !== undefined) return placeInWord(word, path.slice(length));
    }
    const within = `${toPointer(path)}/`;
    return path.length === 0
      ? undefined
      : [...this.words].find(([pointer]) => pointer.startsWith(within))?.[1];
  }

  private fail({ start, end }: Word, message: string): void {
    this.problems.push({ start, end, message });
  }
}

function placeInWord(word: Word, path: readonly (string | number)[]): Place {
  if (path.length === 0) return word;
  const offset = word.text.indexOf("=") + 1;
  const place = placeOf(jsonPlaces(word.text.slice(offset)), toPointer(path));
  if (place === undefined) return word;
  const { start, end } = place.key ?? place;
  return { start: word.start + offset + start, end: word.start + offset + end };
}

/** The names of a key; one that holds dots itself is found in the schema. */
export function splitKey(key: string, type: ObjectType | undefined): string[] {
  const parts = key.split(".");
  if (type === undefined || parts.length === 1) return parts;
  for (let length = parts.length; length > 0; length--) {
    const name = parts.slice(0, length).join(".");
    const member = findMember(type, name)?.type();
    if (member === undefined) continue;
    if (length === parts.length) return [name];
    const rest = parts.slice(length).join(".");
    return [name, ...splitKey(rest, member.kind === "object" ? member : undefined)];
  }
  return parts;
}

function typeAt(path: readonly string[], type: ObjectType | undefined) {
  let object = type;
  for (const [index, key] of path.entries()) {
    const member = object === undefined ? undefined : findMember(object, key)?.type();
    if (index === path.length - 1) return member;
    object = member?.kind === "object" ? member : undefined;
  }
  return undefined;
}

function parseMessage(line: string, schema: SchemaIndex | undefined): CommandLine | readonly LineProblem[] {
  let message;
  try {
    message = parseJson(line);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return [{ start: error.offset, end: error.offset + 1, message: error.problem }];
  }
  const places = jsonPlaces(line);
  const whole = { start: places.start, end: places.end };
  if (!isJsonObject(message)) return [{ ...whole, message: "must be an object" }];
  const isOob = Object.hasOwn(message, "exec-oob");
  const command = isOob ? message["exec-oob"] : message["execute"];
  const args = Object.hasOwn(message, "arguments") ? message["arguments"] : {};
  if (typeof command !== "string") return [{ ...whole, message: "lacks 'execute' with a command's name" }];
  if (!isJsonObject(args)) {
    return [{ ...(placeOf(places, "/arguments") ?? whole), message: "must be an object" }];
  }
  const commandPlace = placeOf(places, isOob ? "/exec-oob" : "/execute") ?? whole;
  const unknown = unknownCommand(command, commandPlace, schema);
  if (unknown !== undefined) return [unknown];
  const type = schema?.commands.get(command)?.arguments;
  const problems = type === undefined ? [] : checkValue(type, args);
  if (problems.length === 0) return { command, arguments: args, isOob };
  return problems.map((problem) => {
    const place = placeOf(places, toPointer(["arguments", ...problem.path]));
    const { start, end } = place?.key ?? place ?? commandPlace;
    return { start, end, message: describe(problem, command) };
  });
}

function unknownCommand(
  name: string,
  place: Place,
  schema: SchemaIndex | undefined,
): LineProblem | undefined {
  if (schema === undefined || schema.commands.has(name)) return undefined;
  const message = ["there is no such command", ...didYouMean(name, schema.commands.keys())].join("; ");
  return { start: place.start, end: place.end, message };
}

function describe({ path, message }: ArgumentProblem, command: string): string {
  const names = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
  return path.length === 0 ? `${command} ${message}` : `'${names.slice(1)}' ${message}`;
}

/**
 * Shows what is wrong under the words that are:
 *
 *     migrate-set-parameters max-bandwith=5
 *                            ^^^^^^^^^^^^^^ 'max-bandwith' is not expected here; did you mean 'max-bandwidth'?
 */
export function showProblems(line: string, problems: readonly LineProblem[]): string {
  const marks = problems.map(({ start, end, message }) => {
    const blanks = line.slice(0, start).replace(/\S/gu, " ");
    return `${blanks}${"^".repeat(Math.max(1, end - start))} ${message}\n`;
  });
  return `${line}\n${marks.join("")}`;
}
