import { isJsonObject, member, type JsonObject, type JsonValue } from "../json/value.js";
import type { QmpEvent, Timestamp } from "./types.js";

/** What a peer may send, told apart by its members and not by their values. */
export type Message =
  | { readonly kind: "greeting"; readonly greeting: JsonObject }
  | { readonly kind: "event"; readonly event: QmpEvent }
  | { readonly kind: "return"; readonly id: JsonValue | undefined; readonly value: JsonValue }
  | {
      readonly kind: "error";
      readonly id: JsonValue | undefined;
      readonly errorClass: string;
      readonly description: string;
    }
  /** Something that a later QMP may have brought. */
  | { readonly kind: "unknown" };

/** Says what a message is. Members that QMP does not know (yet) are no reason to stumble. */
export function readMessage(message: JsonObject): Message {
  const id = member(message, "id");
  const event = member(message, "event");
  if (typeof event === "string") return { kind: "event", event: readEvent(event, message) };
  const value = member(message, "return");
  if (value !== undefined) return { kind: "return", id, value };
  const error = member(message, "error");
  if (error !== undefined) {
    return {
      kind: "error",
      id,
      errorClass: text(member(error, "class")) ?? "GenericError",
      description: text(member(error, "desc")) ?? "an error without a description",
    };
  }
  const greeting = member(message, "QMP");
  return isJsonObject(greeting) ? { kind: "greeting", greeting } : { kind: "unknown" };
}

function readEvent(event: string, message: JsonObject): QmpEvent {
  const data = member(message, "data");
  return {
    event,
    data: isJsonObject(data) ? data : undefined,
    timestamp: readTimestamp(member(message, "timestamp")),
  };
}

/** A host whose clock fails sends -1; so is read what has no timestamp at all. */
function readTimestamp(timestamp: JsonValue | undefined): Timestamp {
  const part = (name: string): bigint => {
    const value = member(timestamp, name);
    return typeof value === "bigint" ? value : -1n;
  };
  return { seconds: part("seconds"), microseconds: part("microseconds") };
}

/** A string; undefined for anything else. */
export function text(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
