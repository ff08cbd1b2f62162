import { layoutTokens } from "../../src/format/layout-tokens.js";
import { schemaUnits } from "../../src/format/schema-units.js";

/** A source of chance that gives the same again: the smallest generator of 32 bits that does. */
export function chance(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

type Chance = ReturnType<typeof chance>;
const blank = (random: Chance): string => ["", "", " ", "  ", "\t", "     ", " \t "][random(7)] ?? "";
const indents = (random: Chance): string => ["", " ", "  ", "\t", "          "][random(5)] ?? "";

/**
 * A schema with other blanks, indentation, empty lines and line ends, and with closing brackets elsewhere: all
 * that layout decides by itself.
 */
export function withOtherBlanks(text: string, random: Chance): string {
  const lineEnd = random(3) === 0 ? "\r\n" : "\n";
  let result = "";
  let last = 0;
  for (const unit of schemaUnits(text)) {
    const between = text.slice(last, unit.start);
    // Empty lines are the author's where nothing is between definitions, and between comments.
    const extra = unit.blankLines > 0 ? "\n".repeat(random(3)) : "";
    result += between.replace(/[^\n]/g, "") + extra + (unit.isOnSameLine ? blank(random) : indents(random));
    const own = text.slice(unit.start, unit.end);
    if (unit.kind === "expression") result += spaced(text, unit.start, unit.end, random);
    else
      result += own
        .split("\n")
        .map((line) => withEdges(line.trim(), random))
        .join("\n");
    last = unit.end;
  }
  result += random(3) === 0 ? "" : "\n".repeat(1 + random(3));
  return lineEnd === "\n" ? result : result.replaceAll("\n", lineEnd);
}

/** A comment line with blanks around it. Marks that open and close documentation have none behind them. */
function withEdges(line: string, random: Chance): string {
  const around = random(4) === 0 ? blank(random) : "";
  return around + line + (line === "##" ? "" : around);
}

function spaced(text: string, start: number, end: number, random: Chance): string {
  return layoutTokens(text, start, end)
    .map((token, index, tokens) => {
      const isClosing = token.text === "}" || token.text === "]";
      const before = tokens[index - 1];
      const after = before?.kind === "comment" || (token.startsLine && index > 0) ? "\n" : "";
      // A closing bracket has no line of its own; where it opens at the end of one, that says something.
      const own = isClosing && before?.text !== "{" && before?.text !== "[" && random(4) === 0 ? "\n" : after;
      return own + (own === "" ? "" : "\n".repeat(random(8) === 0 ? 1 : 0)) + blank(random) + token.text;
    })
    .join("");
}

/** A schema with line breaks, comments and definitions moved about: what means the same, and looks otherwise. */
export function withOtherLines(text: string, random: Chance): string {
  let result = "";
  let isOpen = false;
  let comments = 0;
  const comment = (): string => `# c${comments++}${["", "  ", " {", " '", " ]", " ##"][random(6)] ?? ""}\n`;
  for (const unit of schemaUnits(text)) {
    const own = text.slice(unit.start, unit.end);
    if (unit.kind !== "expression") {
      result += `${isOpen ? "\n" : ""}${"\n".repeat(random(3))}${own}\n`;
      isOpen = false;
      continue;
    }
    const isPragma = /^\{\s*'(?:pragma|include)'/.test(own);
    result += isOpen && random(3) === 0 ? "\n" : blank(random);
    const tokens = layoutTokens(text, unit.start, unit.end);
    for (const token of tokens) {
      if (token.kind === "comment") result += `${token.text}\n`;
      else result += token.text + (isPragma ? " " : blank(random)) + (random(5) === 0 ? "\n" : "");
      if (random(25) === 0 && token !== tokens.at(-1)) result += blank(random) + comment();
    }
    isOpen = true;
    if (random(4) === 0) {
      result += `${random(2) === 0 ? " " : "\n"}${comment()}`;
      isOpen = false;
    }
  }
  return result;
}
