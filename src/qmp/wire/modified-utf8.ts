import { decodeUtf8 } from "../../util/decode-utf8.js";
import { TextBuilder } from "../../util/text-builder.js";

/**
 * QEMU keeps strings as bytes in modified UTF-8 (U+0000 is C0 80) and treats anything else as a fault
 * when it reads, as U+FFFD when it writes. A "byte string" here is a string whose every code unit is one
 * byte, 0..255: what C would index, with all of a string's methods.
 */

/** What stands for bytes that are no character. */
const REPLACEMENT = 0xfffd;

/** The lowest code point that needs 2, 3, … 6 bytes. */
const smallestOfLength = [0x80, 0x800, 0x10000, 0x200000, 0x4000000];

/**
 * Text as a byte string in modified UTF-8: a lone surrogate that {@link decodeKeepingBytes} wrote for a byte
 * is that byte again, any other becomes U+FFFD.
 */
export function encodeModifiedUtf8(text: string): string {
  // eslint-disable-next-line no-control-regex -- ASCII is what the class says
  if (/^[\x01-\x7f]*$/.test(text)) return text;
  // The parts at odd places are the bytes. With the flag `u`, half of a pair is no match.
  const parts = text.split(/([\udc80-\udcff])/u);
  const bytes = parts.map((part, index) =>
    index % 2 === 1 ? String.fromCharCode(part.charCodeAt(0) - BYTE_SURROGATES) : encodeUtf8(part),
  );
  return bytes.join("").replaceAll("\0", "\xc0\x80");
}

function encodeUtf8(text: string): string {
  return piecewise(text, isTrailingSurrogate, (piece) => Buffer.from(piece, "utf8").toString("latin1"));
}

/** Code units that are converted at once: what lies between two forms of a long text takes as much memory as they. */
const PIECE_LENGTH = 65_536;

/** The longest sequence of bytes that modified UTF-8 has for a character. */
const LONGEST_SEQUENCE = 6;

/** Converts a long text piece by piece, and cuts it where no code unit goes with those before it. */
function piecewise(
  text: string,
  goesOn: (unit: number) => boolean,
  convert: (piece: string) => string,
): string {
  const pieces: string[] = [];
  for (let at = 0; at < text.length;) {
    const longest = Math.min(at + PIECE_LENGTH, text.length);
    let end = longest;
    while (end > longest - LONGEST_SEQUENCE && goesOn(text.charCodeAt(end))) end--;
    // More than one sequence may have goes with nothing, wherever it is cut.
    if (goesOn(text.charCodeAt(end))) end = longest;
    pieces.push(convert(text.slice(at, end)));
    at = end;
  }
  return pieces.join("");
}

function isTrailingSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xdc00;
}

function isContinuationByte(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

/** Where the lone surrogates begin that stand for bytes, as in Python's `surrogateescape`. */
const BYTE_SURROGATES = 0xdc00;

/**
 * A byte string as text from which {@link encodeModifiedUtf8} makes the same bytes again: those that are no
 * character become lone surrogates, U+DC80 to U+DCFF. What the human monitor is given, it hands back.
 */
export function decodeKeepingBytes(bytes: string): string {
  return decode(bytes, (text, malformed) => {
    for (const byte of malformed) text.addCodePoint(BYTE_SURROGATES + byte.charCodeAt(0));
  });
}

/** Text as QEMU writes it where only characters can stand: bytes that are none become U+FFFD. */
export function charactersOnly(text: string): string {
  return /[\udc80-\udcff]/u.test(text) ? decodeModifiedUtf8(encodeModifiedUtf8(text)) : text;
}

/** A byte string as text: each malformed sequence becomes one U+FFFD (`mod_utf8_codepoint`). */
export function decodeModifiedUtf8(bytes: string): string {
  return decode(bytes, (text) => {
    text.addCodePoint(REPLACEMENT);
  });
}

/** A byte string as text; undefined when part of it is malformed. */
export function decodeCharacters(bytes: string): string | undefined {
  let malformed = 0;
  const text = decode(bytes, () => {
    malformed++;
  });
  return malformed > 0 ? undefined : text;
}

/** @param replace adds what stands for a malformed sequence */
function decode(bytes: string, replace: (text: TextBuilder, malformed: string) => void): string {
  // eslint-disable-next-line no-control-regex -- ASCII is what the class says
  if (/^[\x00-\x7f]*$/.test(bytes)) return bytes;
  return piecewise(bytes, isContinuationByte, (piece) => {
    const plain = decodeUtf8(Buffer.from(piece, "latin1"));
    if (plain !== undefined && !NONCHARACTER.test(plain)) return plain;
    const text = new TextBuilder();
    for (let at = 0; at < piece.length;) {
      const { codePoint, end } = readCodePoint(piece, at);
      if (codePoint === undefined) replace(text, piece.slice(at, end));
      else text.addCodePoint(codePoint);
      at = end;
    }
    return text.toString();
  });
}

/** What UTF-8 can hold and QEMU does not take, as {@link isCharacter} has it. */
const NONCHARACTER = /\p{Noncharacter_Code_Point}/u;

/**
 * The code point that starts at `at`, and where the next one starts. It is undefined when the sequence is
 * malformed, overlong (C0 80 excepted), a surrogate, a noncharacter, or beyond U+10FFFF; `end` is then
 * where reading goes on.
 */
function readCodePoint(bytes: string, at: number): { codePoint: number | undefined; end: number } {
  const lead = bytes.charCodeAt(at);
  if (lead < 0x80) return { codePoint: lead, end: at + 1 };
  if (lead < 0xc0 || lead >= 0xfe) return { codePoint: undefined, end: at + 1 };

  const length = Math.clz32(~(lead << 24));
  let codePoint = lead & (0x7f >> length);
  for (let i = 1; i < length; i++) {
    const byte = bytes.charCodeAt(at + i);
    if ((byte & 0xc0) !== 0x80) return { codePoint: undefined, end: at + i };
    // Six bytes carry 31 bits: a product, since a shift would turn the sign.
    codePoint = codePoint * 64 + (byte & 0x3f);
  }
  const overlong = codePoint < (smallestOfLength[length - 2] ?? 0) && !(codePoint === 0 && length === 2);
  const ok = !overlong && isCharacter(codePoint);
  return { codePoint: ok ? codePoint : undefined, end: at + length };
}

/** Whether QEMU takes the code point as a character: no surrogate, no noncharacter, none beyond U+10FFFF. */
export function isCharacter(codePoint: number): boolean {
  return (
    codePoint <= 0x10ffff &&
    !(codePoint >= 0xd800 && codePoint <= 0xdfff) &&
    !(codePoint >= 0xfdd0 && codePoint <= 0xfdef) &&
    (codePoint & 0xfffe) !== 0xfffe
  );
}
