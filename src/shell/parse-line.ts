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
import { textColumns } from "../util/columns.js";
import { didYouMean } from "../util/did-you-mean.js";
import { escapeControls } from "../util/escape-controls.js";
import type { LiveQapi } from "../live-schema/live-qapi.js";
import type { ObjectVisit, TypeVisit } from "../visitor/type-visit.js";
import { argumentProblems, type ArgumentProblem } from "./argument-problems.js";
import { readValue } from "./read-value.js";
import {
  actionArguments,
  actionType,
  argumentsOf,
  asObject,
  branchesOf,
  memberType,
} from "./schema-members.js";
import { strictJson } from "./strict-json.js";
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
 * Reads `COMMAND KEY=VALUE…`, where keys may lead into objects (`file.driver=null-co`) and an object in JSON
 * (`COMMAND {…}`) brings several arguments at once, or a message in JSON. JSON may be as QEMU and `qmp-shell`
 * take it from people, {@link strictJson}. With a schema, values are read by their types and everything is
 * checked.
 *
 * @returns the command, or all that is wrong; undefined for a blank line
 */
export function parseLine(line: string, schema?: LiveQapi): CommandLine | readonly LineProblem[] | undefined {
  if (line.trim() === "") return undefined;
  return line.trimStart().startsWith("{") ? parseMessage(line, schema) : parseWords(line, schema);
}

/**
 * Reads one action of a transaction, `TYPE KEY=VALUE…`.
 *
 * @returns the action as `transaction` takes it, or all that is wrong with it
 */
export function parseAction(
  line: string,
  schema: LiveQapi | undefined,
): { readonly action: JsonObject } | readonly LineProblem[] {
  const [first, ...others] = splitWords(line);
  if (first === undefined) return [];
  const union = actionType(schema);
  const branches = branchesOf(union);
  const branch = branches.get(first.text);
  if (union !== undefined && branch === undefined) {
    const names = [...branches.keys()];
    return [problemAt(first, ["there is no such action", ...didYouMean(first.text, names)].join("; "))];
  }
  const read = readArguments(first, others, actionArguments(branch));
  return read.problems.length > 0 ? read.problems : { action: { type: first.text, data: read.value } };
}

function parseWords(line: string, schema: LiveQapi | undefined): CommandLine | readonly LineProblem[] {
  const [first, ...others] = splitWords(line);
  if (first === undefined) return [];
  const unknown = unknownCommand(first.text, first, schema);
  if (unknown !== undefined) return [unknown];
  const { problems, value } = readArguments(
    first,
    others,
    argumentsOf(schema, first.text),
    isOpen(schema, first.text),
  );
  return problems.length > 0 ? problems : { command: first.text, arguments: value, isOob: false };
}

/** Reads the words after the one that says what they are for, and checks them where their type is known. */
function readArguments(
  first: Word,
  others: readonly Word[],
  type: ObjectVisit<unknown> | undefined,
  isOpen = false,
): { readonly value: JsonObject; readonly problems: readonly LineProblem[] } {
  const reading = new WordArguments(type);
  for (const word of others) reading.add(word);
  const { value } = reading;
  if (reading.problems.length > 0 || type === undefined) return { value, problems: reading.problems };
  const problems = argumentProblems(type, value, isOpen).map((problem) =>
    problemAt(reading.placeOf(problem.path) ?? first, describe(problem, first.text)),
  );
  return { value, problems };
}

function problemAt({ start, end }: Place, message: string): LineProblem {
  return { start, end, message };
}

/** A value that a word gives, and where in it: behind its `=`, or at a path into the object that it is. */
interface Source {
  readonly word: Word;
  readonly offset: number;
  readonly path: readonly string[];
}

/** Collects arguments from words, and remembers which came from where. */
class WordArguments {
  readonly value: JsonObject = {};
  readonly problems: LineProblem[] = [];
  private readonly sources = new Map<string, Source>();

  constructor(private readonly type: ObjectVisit<unknown> | undefined) {}

  add(word: Word): void {
    if (word.text.startsWith("{")) {
      this.addObject(word);
      return;
    }
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
    this.sources.set(toPointer(path), { word, offset: at + 1, path: [] });
  }

  /** Takes the members of an object in JSON. */
  private addObject(word: Word): void {
    const { text, origin } = strictJson(word.text);
    let object;
    try {
      object = parseJson(text);
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
      const start = word.start + origin(error.offset);
      this.problems.push({ start, end: start + 1, message: error.problem });
      return;
    }
    // What begins with a brace is an object.
    for (const [key, value] of Object.entries(isJsonObject(object) ? object : {})) {
      if (Object.hasOwn(this.value, key)) {
        this.fail(word, `'${key}' is given twice`);
        return;
      }
      setMember(this.value, key, value);
      this.sources.set(toPointer([key]), { word, offset: 0, path: [key] });
    }
  }

  /** Where a part stands: in a word, or in the JSON that is a word's value. */
  placeOf(path: readonly (string | number)[]): Place | undefined {
    for (let length = path.length; length > 0; length--) {
      const source = this.sources.get(toPointer(path.slice(0, length)));
      if (source !== undefined) return placeInWord(source, path.slice(length));
    }
    const within = `${toPointer(path)}/`;
    return path.length === 0
      ? undefined
      : [...this.sources].find(([pointer]) => pointer.startsWith(within))?.[1].word;
  }

  private fail({ start, end }: Word, message: string): void {
    this.problems.push({ start, end, message });
  }
}

function placeInWord({ word, offset, path }: Source, rest: readonly (string | number)[]): Place {
  const whole = [...path, ...rest];
  if (whole.length === 0) return word;
  const { text, origin } = strictJson(word.text.slice(offset));
  const place = placeOf(jsonPlaces(text), toPointer(whole));
  if (place === undefined) return word;
  const { start, end } = place.key ?? place;
  return { start: word.start + offset + origin(start), end: word.start + offset + origin(end) };
}

/** The names of a key; one that holds dots itself is found in the schema. */
export function splitKey(key: string, type: ObjectVisit<unknown> | undefined): string[] {
  const parts = key.split(".");
  if (type === undefined || parts.length === 1) return parts;
  for (let length = parts.length; length > 0; length--) {
    const name = parts.slice(0, length).join(".");
    const member = memberType(type, name);
    if (member === undefined) continue;
    if (length === parts.length) return [name];
    return [name, ...splitKey(parts.slice(length).join("."), asObject(member))];
  }
  return parts;
}

function typeAt(
  path: readonly string[],
  type: ObjectVisit<unknown> | undefined,
): TypeVisit<unknown> | undefined {
  return path.reduce<TypeVisit<unknown> | undefined>((at, key) => memberType(asObject(at), key), type);
}

function parseMessage(line: string, schema: LiveQapi | undefined): CommandLine | readonly LineProblem[] {
  const { text, origin } = strictJson(line);
  const found = parseStrictMessage(text, schema);
  if ("command" in found) return found;
  return found.map(({ start, end, message }) => ({
    start: origin(start),
    end: Math.max(origin(start) + 1, origin(end)),
    message,
  }));
}

function parseStrictMessage(
  text: string,
  schema: LiveQapi | undefined,
): CommandLine | readonly LineProblem[] {
  let message;
  try {
    message = parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return [{ start: error.offset, end: error.offset + 1, message: error.problem }];
  }
  const places = jsonPlaces(text);
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
  const type = argumentsOf(schema, command);
  const problems = type === undefined ? [] : argumentProblems(type, args, isOpen(schema, command));
  if (problems.length === 0) return { command, arguments: args, isOob };
  return problems.map((problem) => {
    const place = placeOf(places, toPointer(["arguments", ...problem.path]));
    const { start, end } = place?.key ?? place ?? commandPlace;
    return { start, end, message: describe(problem, command) };
  });
}

function unknownCommand(name: string, place: Place, schema: LiveQapi | undefined): LineProblem | undefined {
  if (schema === undefined || schema.commands[name] !== undefined) return undefined;
  const names = Object.keys(schema.commands);
  const message = ["there is no such command", ...didYouMean(name, names)].join("; ");
  return { start: place.start, end: place.end, message };
}

/** Whether QEMU handles a command's arguments without the schema. */
function isOpen(schema: LiveQapi | undefined, command: string): boolean {
  return schema?.commands[command]?.gen === false;
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
    const blanks = line.slice(0, start).replace(/[^\t]+/g, (part) => " ".repeat(shownColumns(part)));
    return `${blanks}${"^".repeat(Math.max(1, shownColumns(line.slice(start, end))))} ${message}\n`;
  });
  return `${line}\n${marks.join("")}`;
}

function shownColumns(text: string): number {
  return textColumns(escapeControls(text));
}
