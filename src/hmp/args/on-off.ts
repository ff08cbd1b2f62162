import { ArgumentError } from "../argument-error.js";
import { isGraph } from "../line/cursor.js";
import type { ArgumentReader } from "./reader.js";

/** `b`: exactly `on` or `off`. It is never optional, and its message does not name the command. */
export const readOnOff: ArgumentReader = (cursor) => {
  switch (cursor.takeWhile(isGraph)) {
    case "on":
      return true;
    case "off":
      return false;
    default:
      throw new ArgumentError("Expected 'on' or 'off'");
  }
};
