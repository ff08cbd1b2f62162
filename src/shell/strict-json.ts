/** A text in strict JSON, and where its parts stood in the one that it was made of. */
interface StrictJson {
  readonly text: string;
  /** The offset in the original of an offset in `text`. */
  readonly origin: (offset: number) => number;
}

/** Strings of both kinds, hexadecimal integers, words, commas with what ends a list after them, and the rest. */
const TOKENS = /"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|-?0[xX][0-9a-fA-F]+|\w+|,\s*[\]}]|[^]/gsu;

const constants: ReadonlyMap<string, string> = new Map([
  ["True", "true"],
  ["False", "false"],
  ["None", "null"],
]);

/**
 * JSON as QEMU and its `qmp-shell` let people write it: strings in single quotes, Python's `True`, `False` and
 * `None`, a comma after the last item; hexadecimal integers as well. What is neither that nor JSON is left for
 * the reader to find.
 */
export function strictJson(loose: string): StrictJson {
  const pieces: { readonly from: number; readonly to: number }[] = [];
  let text = "";
  for (const { 0: token, index } of loose.matchAll(TOKENS)) {
    pieces.push({ from: index, to: text.length });
    text += strictToken(token);
  }
  return {
    text,
    origin: (offset) => {
      const piece = pieces.findLast(({ to }) => to <= offset);
      return piece === undefined ? offset : piece.from + (offset - piece.to);
    },
  };
}

function strictToken(token: string): string {
  if (token.startsWith("'")) return doubleQuoted(token);
  if (token.startsWith(",") && token.length > 1) return token.replace(",", " ");
  const [, sign = "", digits] = /^(-?)(0x[0-9a-f]+)$/i.exec(token) ?? [];
  if (digits !== undefined) return `${sign}${BigInt(digits)}`;
  return constants.get(token) ?? token;
}

function doubleQuoted(token: string): string {
  const isClosed = token.length > 1 && token.endsWith("'");
  const inner = token.slice(1, isClosed ? -1 : undefined);
  const escaped = inner.replace(/\\.|"/gs, (part) => (part === "\\'" ? "'" : part === '"' ? '\\"' : part));
  return `"${escaped}${isClosed ? '"' : ""}`;
}
