import type { JsonValue } from "../json/value.js";
import { Refusal } from "../migration/refusal.js";
import { ClassifiedError } from "../qmp/qmp-error.js";
import { toJson } from "../visitor/json-output.js";
import type { TypeVisit } from "../visitor/type-visit.js";
import { VisitError } from "../visitor/visit-error.js";

/** Answers a command in place of a QEMU: arguments decoded, what it returns to be encoded. */
export type StandInHandler = (args: never) => unknown;

/** Takes what went wrong in what a test has written, and the command that it was about. */
export type TellFailure = (error: unknown, command: string) => void;

/** What a handler returned, or what is to be sent as an event, does not fit the schema: a mistake in a test. */
export class HandlerValueError extends Error {
  override readonly name = "HandlerValueError";
}

/**
 * What a handler answers, held to the schema. One that throws is answered by an error: what has a class and a
 * description, as `QmpError` has, as it is, which is a refusal as any other; anything else with its message, and
 * told as a failure of the test.
 *
 * @throws {ClassifiedError | Refusal} what is to be answered in place of a value
 */
export function runHandler(
  {
    name,
    returns,
    handler,
  }: { name: string; returns: TypeVisit<unknown> | undefined; handler: StandInHandler },
  args: unknown,
  tell: TellFailure,
): JsonValue | Promise<JsonValue> {
  const refused = (error: unknown): never => {
    throw refusalOf(error, (failure) => {
      tell(failure, name);
    });
  };
  try {
    const value = handler(args as never);
    if (!isThenable(value)) return encoded(name, returns, value);
    return Promise.resolve(value)
      .then((settled) => encoded(name, returns, settled))
      .catch(refused);
  } catch (error) {
    return refused(error);
  }
}

/** The text of what was thrown, which may be anything. */
export function failureText(error: unknown): string {
  if (typeof error === "string") return error;
  if (hasText(error, "message")) return error.message;
  return "something was thrown that says nothing";
}

function refusalOf(error: unknown, tell: (failure: unknown) => void): Refusal | ClassifiedError {
  if (error instanceof Refusal || error instanceof ClassifiedError) return error;
  if (hasText(error, "class")) {
    const desc = hasText(error, "desc") ? error.desc : failureText(error);
    return new ClassifiedError(error.class, desc);
  }
  tell(error);
  return new Refusal(failureText(error));
}

function encoded(name: string, returns: TypeVisit<unknown> | undefined, value: unknown): JsonValue {
  const what = `What the handler of ${name} returned`;
  if (returns !== undefined) return heldTo(returns, value, what);
  if (typeof value !== "object" || value === null || Object.keys(value).length === 0) return {};
  throw new HandlerValueError(`${what} does not fit the schema: the command returns nothing`);
}

/**
 * A value of a test in JSON, as a type of the schema has it.
 *
 * @param what it is, as the beginning of a sentence
 * @throws {HandlerValueError} when it does not fit
 */
export function heldTo(type: TypeVisit<unknown>, value: unknown, what: string): JsonValue {
  try {
    return toJson(type, value);
  } catch (error) {
    if (!(error instanceof VisitError)) throw error;
    throw new HandlerValueError(`${what} does not fit the schema: ${error.message}`);
  }
}

/** A promise of any make. */
function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

function hasText<Name extends string>(value: unknown, name: Name): value is Record<Name, string> {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, name) === "string";
}
