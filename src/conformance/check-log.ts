import { JsonError, parseJson, type JsonValue } from "../json/index.js";
import { Conversation, type MessageProblem } from "./conversation.js";
import type { SchemaChecker } from "./schema-checker.js";

/** A problem and the line of the log, counted from 1. */
export type LogProblem = Omit<MessageProblem, "kind"> & {
  readonly kind: MessageProblem["kind"] | "syntax";
  readonly line: number;
};

/**
 * Holds a recorded QMP log to a schema: one message a line, from both sides in the order in which
 * they went. A line may begin with an arrow (`->` for what was sent, `<-` for what came); blank
 * lines and lines that begin with `#` are skipped.
 */
export function checkLog(checker: SchemaChecker, log: string): LogProblem[] {
  const conversation = new Conversation(checker);
  return log.split("\n").flatMap((text, index): LogProblem[] => {
    const message = text.replace(/^\s*(?:->|<-)?\s*/, "").trimEnd();
    if (message === "" || message.startsWith("#")) return [];
    return problemsOf(conversation, message).map((problem) => ({ ...problem, line: index + 1 }));
  });
}

function problemsOf(conversation: Conversation, text: string): readonly Omit<LogProblem, "line">[] {
  let message: JsonValue;
  try {
    message = parseJson(text, { duplicateKeys: "refuse" });
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return [{ pointer: "", message: `is not JSON: ${error.problem}`, kind: "syntax" }];
  }
  return conversation.next(message);
}
