import type { Schema } from "../qapi/schema/model.js";
import type { ConformAs } from "./index.js";

declare module "vitest" {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as Vitest declares it
  interface Matchers<T = any> {
    /** Holds a document, or without `as` a conversation, to a schema. */
    toConformTo(schema: Schema, as?: ConformAs): T;
  }
}
