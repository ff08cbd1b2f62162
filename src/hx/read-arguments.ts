import type { Problems } from "../diagnostic/problems.js";
import type { HxArgument, HxArgumentCode } from "./table.js";
import type { Text } from "./text.js";

/** Every code, with the modifiers that it takes (QEMU `monitor_parse_arguments`). */
const modifiersByCode: ReadonlyMap<string, string> = new Map<HxArgumentCode, string>([
  ["F", "?"],
  ["B", "?"],
  ["s", "?"],
  ["S", "?"],
  ["O", ""],
  ["i", "?."],
  ["l", "?."],
  ["M", "?."],
  ["o", "?"],
  ["T", "?"],
  ["b", ""],
  ["/", ""],
]);

/**
 * Reads an `args_type` string: arguments separated by commas, each `key:code` with a modifier. A comma
 * at the end is fine, as in QEMU.
 */
export function readArguments(argsType: Text, problems: Problems): HxArgument[] {
  const list: HxArgument[] = [];
  const keys = new Set<string>();
  let start = 0;
  for (const text of argsType.value.split(",")) {
    const end = start + text.length;
    const isEnd = text === "" && end === argsType.value.length;
    const argument = isEnd ? undefined : readArgument(text, argsType, start, problems);
    if (argument !== undefined) {
      const { key } = argument;
      if (keys.has(key)) {
        problems.report("hx-duplicate-argument", argsType.span(start, start + key.length), [key]);
      }
      keys.add(key);
      list.push(argument);
    }
    start = end + 1;
  }
  return list;
}

function readArgument(
  text: string,
  argsType: Text,
  start: number,
  problems: Problems,
): HxArgument | undefined {
  const [, key, code, rest] = /^([!-~]+?):(.)(.*)$/s.exec(text) ?? [];
  if (key === undefined || code === undefined || rest === undefined) {
    problems.report("hx-argument-shape", argsType.span(start, start + text.length), [text]);
    return undefined;
  }
  const codeAt = start + key.length + 1;
  if (code === "-") return readFlag(key, rest, argsType, codeAt, problems);
  const modifiers = modifiersByCode.get(code);
  if (modifiers === undefined) {
    problems.report("hx-argument-code", argsType.span(codeAt, codeAt + 1), [key, code]);
    return undefined;
  }
  if (rest.length > 1 || !modifiers.includes(rest)) {
    const span = argsType.span(codeAt + 1, codeAt + 1 + rest.length);
    problems.report("hx-argument-modifier", span, [key, code, rest]);
    return undefined;
  }
  return {
    key,
    code: code as HxArgumentCode,
    optional: rest === "?",
    dotted: rest === ".",
    flag: undefined,
    flagValue: false,
  };
}

/** `-x`, a flag, or `-xs`, a flag with a word behind it. */
function readFlag(
  key: string,
  rest: string,
  argsType: Text,
  codeAt: number,
  problems: Problems,
): HxArgument | undefined {
  const [, flag, value] = /^([!-~])(s?)$/.exec(rest) ?? [];
  if (flag === undefined) {
    problems.report("hx-argument-code", argsType.span(codeAt, codeAt + 1 + rest.length), [key, `-${rest}`]);
    return undefined;
  }
  return { key, code: "-", optional: false, dotted: false, flag, flagValue: value === "s" };
}
