import { isJsonObject, member, type JsonObject, type JsonValue } from "../json/value.js";
import { Refusal } from "../migration/refusal.js";
import { qdictOrder } from "../visitor/hash-order.js";

/** A request whose envelope is in order. */
interface Request {
  readonly command: string;
  readonly isOob: boolean;
  readonly arguments: JsonObject;
}

/**
 * Checks a request's envelope. Members are looked at in the order of QEMU's dictionaries, and the first
 * that is wrong is named (QEMU `qmp_dispatch_check_obj`).
 *
 * @param allowOob whether `exec-oob` may stand for `execute`
 * @throws {Refusal} in QEMU's words
 */
export function readRequest(message: JsonValue, allowOob: boolean): Request {
  if (!isJsonObject(message)) throw new Refusal("QMP input must be a JSON object");
  let execute: string | undefined;
  for (const member of qdictOrder(Object.keys(message))) {
    if (member === "execute" || (member === "exec-oob" && allowOob)) {
      if (typeof message[member] !== "string")
        throw new Refusal(`QMP input member '${member}' must be a string`);
      if (execute !== undefined) throw new Refusal(`QMP input member '${member}' clashes with '${execute}'`);
      execute = member;
    } else if (member === "arguments") {
      if (!isJsonObject(message[member])) throw new Refusal("QMP input member 'arguments' must be an object");
    } else if (member !== "id") {
      throw new Refusal(`QMP input member '${member}' is unexpected`);
    }
  }
  const command = execute === undefined ? undefined : message[execute];
  if (typeof command !== "string") throw new Refusal("QMP input lacks member 'execute'");
  const given = member(message, "arguments");
  return { command, isOob: execute === "exec-oob", arguments: isJsonObject(given) ? given : {} };
}

/** The id to be echoed, whatever its type; undefined without one. */
export function idOf(message: JsonValue): JsonValue | undefined {
  return member(message, "id");
}
