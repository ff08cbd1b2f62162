import type { JsonValue } from "../../json/value.js";
import type { PlainObject, QmpEvent, WaitOptions } from "../types.js";

/** What the helpers need of a client, whatever schema it has. */
export interface Commander {
  executeRaw(command: string, args?: PlainObject, options?: WaitOptions): Promise<JsonValue>;
  onRawEvent(listener: (event: QmpEvent) => void): () => void;
}
