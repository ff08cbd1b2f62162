import {
  argumentsSchema,
  commandSchema,
  dataSchema,
  errorSchema,
  eventSchema,
  replySchema,
  returnsSchema,
} from "../codegen/json-schema/messages.js";
import { typeSchema, type Dialect, type JsonSchema } from "../codegen/json-schema/type-schema.js";
import { compileLiveCheck } from "../codegen/emit/validators/live-check.js";
import { isJsonObject, type JsonValue } from "../json/index.js";
import type { Command, Definition, Event, Schema, Type } from "../qapi/schema/model.js";
import { didYouMean } from "../util/did-you-mean.js";
import { runCheck, type CompiledCheck, type ValidationProblem } from "../visitor/validation.js";

/** What a document is meant to be. */
export type DocumentKind = "type" | "command" | "reply" | "event";

/** How strictly documents are held to a schema. */
export interface CheckOptions {
  /**
   * Read as the client does, which may talk to a newer QEMU or an older one: members, enum values and
   * union tags that the schema does not know are let through, and in what a QEMU sends members that the
   * schema demands may be missing.
   */
  readonly tolerant?: boolean;
}

/** A schema has nothing of that kind by that name. */
export class UnknownNameError extends Error {
  override readonly name = "UnknownNameError";

  constructor(kind: "type" | "command" | "event", missing: string, schema: Schema) {
    const isOfKind = (definition: Definition) =>
      kind === "type"
        ? definition.kind !== "command" && definition.kind !== "event"
        : definition.kind === kind;
    const known = [...schema.definitions.values()].filter(isOfKind).map((definition) => definition.name);
    super([`the schema has no ${kind} '${missing}'`, ...didYouMean(missing, known)].join("; "));
  }
}

/** Holds documents to one schema. What is compiled for one document serves the next. */
export class SchemaChecker {
  private readonly checks = new Map<string, CompiledCheck>();
  private readonly tolerant: boolean;

  constructor(
    readonly schema: Schema,
    { tolerant = false }: CheckOptions = {},
  ) {
    this.tolerant = tolerant;
  }

  /**
   * Everything that is wrong with a document.
   *
   * A command may be the message that runs it (`{"execute": …}`) or its arguments alone; a reply
   * the message or the value returned; an event the message or its data.
   *
   * @param document as `parseJson` reads it: integers are `bigint`
   * @param given `message` where it can be nothing else, whatever members the bare value has
   * @throws {UnknownNameError} when the schema has no such type, command or event
   */
  problems(
    kind: DocumentKind,
    name: string,
    document: JsonValue,
    given: "message" | "either" = "either",
  ): ValidationProblem[] {
    const { form, schema } = this.expected(kind, name, document, given === "message");
    const key = `${kind} ${form} ${name}`;
    let check = this.checks.get(key);
    if (check === undefined) {
      check = compileLiveCheck(schema, {
        tolerant: this.tolerant,
        // What is read may come from an older QEMU; what is sent is refused by any.
        lacking: this.tolerant && kind !== "command",
      });
      this.checks.set(key, check);
    }
    const problems: ValidationProblem[] = [];
    if (form === "exec-oob" && !this.allowsOob(name)) {
      problems.push({
        pointer: "/exec-oob",
        message: "names a command that does not support OOB",
        kind: "value",
      });
    }
    runCheck(check, document, problems);
    return problems;
  }

  /** Whether a command says nothing when it succeeds. */
  isSilent(name: string): boolean {
    const definition = this.schema.definitions.get(name);
    return definition?.kind === "command" && !definition.successResponse;
  }

  /** Whether the schema has a command or an event of that name. */
  has(kind: "command" | "event", name: string | undefined): boolean {
    return name !== undefined && this.schema.definitions.get(name)?.kind === kind;
  }

  private allowsOob(name: string): boolean {
    const definition = this.schema.definitions.get(name);
    return definition?.kind === "command" && definition.allowOob;
  }

  private expected(kind: DocumentKind, name: string, document: JsonValue, isWhole: boolean): Expected {
    const definition = this.schema.definitions.get(name);
    switch (kind) {
      case "type":
        if (definition === undefined || definition.kind === "command" || definition.kind === "event") break;
        return { form: "value", schema: (dialect) => typeSchema(definition, dialect) };
      case "command":
        if (definition?.kind !== "command") break;
        return expectedCommand(definition, document, isWhole);
      case "reply":
        if (definition?.kind !== "command") break;
        return expectedReply(definition, document, isWhole);
      case "event":
        if (definition?.kind !== "event") break;
        return expectedEvent(definition, document, isWhole);
    }
    throw new UnknownNameError(kind === "reply" ? "command" : kind, name, this.schema);
  }
}

/** What a document is taken for, and the schema of that. */
interface Expected {
  readonly form: string;
  readonly schema: (dialect: Dialect) => JsonSchema;
}

function expectedCommand(command: Command, document: JsonValue, isWhole: boolean): Expected {
  for (const key of ["exec-oob", "execute"] as const) {
    if (isMessage(document, key, isWhole ? undefined : command.arguments)) {
      return { form: key, schema: (dialect) => commandSchema(command, key, dialect) };
    }
  }
  return { form: "arguments", schema: (dialect) => argumentsSchema(command, dialect) };
}

function expectedReply(command: Command, document: JsonValue, isWhole: boolean): Expected {
  if (isMessage(document, "return", isWhole ? undefined : command.returns)) {
    return { form: "return", schema: (dialect) => replySchema(command, dialect) };
  }
  if (isMessage(document, "error", isWhole ? undefined : command.returns))
    return { form: "error", schema: errorSchema };
  return { form: "value", schema: (dialect) => returnsSchema(command, dialect) };
}

function expectedEvent(event: Event, document: JsonValue, isWhole: boolean): Expected {
  if (isMessage(document, "event", isWhole ? undefined : event.arguments)) {
    return { form: "event", schema: (dialect) => eventSchema(event, dialect) };
  }
  return { form: "data", schema: (dialect) => dataSchema(event, dialect) };
}

/** Whether a document is a message with this key, and not a bare value that happens to have it. */
function isMessage(document: JsonValue, key: string, bare: Type | undefined): boolean {
  if (!isJsonObject(document) || !Object.hasOwn(document, key)) return false;
  return bare?.kind !== "object" || !bare.members.some((member) => member.name === key);
}
