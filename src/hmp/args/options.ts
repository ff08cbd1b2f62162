import { decodeKeepingBytes } from "../../qmp/wire/modified-utf8.js";
import { shortForm, splitOption, splitOptions } from "../../util/option-text.js";
import { ArgumentError } from "../argument-error.js";
import { readWord } from "../line/word.js";
import type { ArgumentReader } from "./reader.js";

/**
 * `O`: one word of options, `name=value,…` with `,,` for a comma in a value; absent at the end of the
 * line. A name without a value is a switch: `x` is `x=on`, `nox` is `x=off`. Any name is taken; the last
 * of one name counts.
 */
export const readOptions: ArgumentReader = (cursor, spec, context) => {
  const list = context.optionLists.get(spec.key);
  if (list === undefined) throw new ArgumentError(`${context.command}: unknown type 'O'`);
  if (cursor.isAtEnd()) return undefined;
  const word = readWord(cursor);
  if (word === undefined) throw new ArgumentError(`${context.command}: string expected`);

  const options = new Map<string, string>();
  splitOptions(decodeKeepingBytes(word)).forEach((item, index) => {
    const implied = index === 0 && list.impliedName;
    const [name, value] = splitOption(item) ?? (implied ? [implied, item] : shortForm(item));
    if (name === "id" && !/^[A-Za-z][A-Za-z0-9._-]*$/.test(value)) {
      throw new ArgumentError(
        "Parameter 'id' expects an identifier\n" +
          "Identifiers consist of letters, digits, '-', '.', '_', starting with a letter.",
      );
    }
    options.set(name, value);
  });
  return options;
};
