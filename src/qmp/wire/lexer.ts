/** Tokens of QEMU's JSON: RFC 8259's, and strings in apostrophes. */
export type TokenKind = "{" | "}" | "[" | "]" | "," | ":" | "integer" | "float" | "keyword" | "string";

export interface Token {
  readonly kind: TokenKind;
  /** As it was sent, quotes and escapes included: a byte string. */
  readonly text: string;
}

/** Bytes of one token, and of all tokens of one message: QEMU's own limit. */
export const MAX_TOKEN_BYTES = 64 * 2 ** 20;

/** Most tokens are one of these, and a message may have millions. */
const structure = {
  "{": { kind: "{", text: "{" },
  "}": { kind: "}", text: "}" },
  "[": { kind: "[", text: "[" },
  "]": { kind: "]", text: "]" },
  ",": { kind: ",", text: "," },
  ":": { kind: ":", text: ":" },
} as const satisfies Partial<Record<TokenKind, Token>>;

/** Who takes what a {@link Lexer} finds. */
interface TokenReceiver {
  token(token: Token): void;
  /** No token begins or goes on like this; the text ends with the byte that does not fit. */
  stray(text: string): void;
  /** A token has passed {@link MAX_TOKEN_BYTES} and was let go; what follows is read as another. */
  tooLong(): void;
}

type State =
  | "start"
  | "recovery"
  | "string"
  | "escape"
  | "sign"
  | "zero"
  | "digits"
  | "point"
  | "fraction"
  | "exponent"
  | "exponent sign"
  | "exponent digits"
  | "keyword";

/** What a byte does to a state: go on in a state, end a token with it, end one before it, or not fit. */
type Step = State | { readonly ends: TokenKind; readonly includesByte: boolean } | "stray";

const endsWith = (ends: TokenKind): Step => ({ ends, includesByte: true });
const endsBefore = (ends: TokenKind): Step => ({ ends, includesByte: false });

const isDigit = (byte: string): boolean => byte >= "0" && byte <= "9";
const isLower = (byte: string): boolean => byte >= "a" && byte <= "z";
/** Neither a control byte nor one that UTF-8 cannot hold. */
const isText = (byte: string): boolean => byte >= " " && byte < "\xfe";
const isStructure = (byte: string): byte is keyof typeof structure => "{}[],:".includes(byte);

/** The states between tokens are left out: they are not part of one. */
const steps: Readonly<Record<Exclude<State, "start" | "recovery">, (byte: string, quote: string) => Step>> = {
  string: (byte, quote) =>
    byte === quote ? endsWith("string") : byte === "\\" ? "escape" : isText(byte) ? "string" : "stray",
  escape: (byte) => (isText(byte) ? "string" : "stray"),
  sign: (byte) => (byte === "0" ? "zero" : isDigit(byte) ? "digits" : "stray"),
  zero: (byte) => (byte === "." ? "point" : isDigit(byte) ? "stray" : endsBefore("integer")),
  digits: (byte) =>
    isDigit(byte)
      ? "digits"
      : byte === "."
        ? "point"
        : byte === "e" || byte === "E"
          ? "exponent"
          : endsBefore("integer"),
  point: (byte) => (isDigit(byte) ? "fraction" : "stray"),
  fraction: (byte) =>
    isDigit(byte) ? "fraction" : byte === "e" || byte === "E" ? "exponent" : endsBefore("float"),
  exponent: (byte) =>
    isDigit(byte) ? "exponent digits" : byte === "+" || byte === "-" ? "exponent sign" : "stray",
  "exponent sign": (byte) => (isDigit(byte) ? "exponent digits" : "stray"),
  "exponent digits": (byte) => (isDigit(byte) ? "exponent digits" : endsBefore("float")),
  keyword: (byte) => (isLower(byte) ? "keyword" : endsBefore("keyword")),
};

/** The longest run that leaves a string in its state. */
// eslint-disable-next-line no-control-regex -- control bytes are what ends it
const plainText = { '"': /[^"\\\x00-\x1f\xfe\xff]*/y, "'": /[^'\\\x00-\x1f\xfe\xff]*/y };

/**
 * QEMU's JSON lexer (`json-lexer.c`): takes bytes as they come and hands on tokens as soon as they are
 * complete. After a byte that fits nowhere it skips to the next bracket, brace, comma, colon, control
 * byte other than tab, or byte that UTF-8 cannot hold.
 */
export class Lexer {
  private state: State = "start";
  private quote: '"' | "'" = '"';
  /** What earlier calls brought of the token at hand. */
  private carried = "";

  constructor(private readonly receiver: TokenReceiver) {}

  /** Bytes of a token that has begun and not ended. */
  get pendingBytes(): number {
    return this.carried.length;
  }

  /** @param bytes a byte string: one code unit for each byte */
  feed(bytes: string): void {
    /** Where the token at hand starts. */
    let start = 0;
    const tokenText = (end: number): string => this.carried + bytes.slice(start, end);
    const beginNext = (at: number): void => {
      this.state = "start";
      this.carried = "";
      start = at;
    };

    for (let at = 0; at < bytes.length;) {
      const byte = bytes.charAt(at);
      if (this.state === "recovery") {
        if (isResumption(byte)) beginNext(at);
        else at++;
        continue;
      }
      if (this.state === "string") at = this.skipPlainText(bytes, at);
      const excess = this.carried.length + (at - start) - MAX_TOKEN_BYTES;
      if (excess > 0) {
        at -= excess - 1;
        this.receiver.tooLong();
        beginNext(at);
        continue;
      }
      if (at === bytes.length) break;

      const step =
        this.state === "start"
          ? this.begin(bytes.charAt(at))
          : steps[this.state](bytes.charAt(at), this.quote);
      if (typeof step === "object") {
        if (step.includesByte) at++;
        const isStructural = this.state === "start" && isStructure(byte);
        this.receiver.token(isStructural ? structure[byte] : { kind: step.ends, text: tokenText(at) });
        beginNext(at);
        continue;
      }
      at++;
      if (step === "start") {
        beginNext(at);
      } else if (step === "stray") {
        this.receiver.stray(tokenText(at));
        beginNext(at);
        this.state = "recovery";
      } else {
        this.state = step;
      }
    }
    this.carried = this.state === "recovery" ? "" : tokenText(bytes.length);
  }

  /** What the first byte of a token, or one between tokens, leads to. */
  private begin(byte: string): Step {
    if (isStructure(byte)) return endsWith(byte);
    if (byte === '"' || byte === "'") {
      this.quote = byte;
      return "string";
    }
    if (byte === "-") return "sign";
    if (byte === "0") return "zero";
    if (isDigit(byte)) return "digits";
    if (isLower(byte)) return "keyword";
    return " \t\r\n".includes(byte) ? "start" : "stray";
  }

  private skipPlainText(bytes: string, at: number): number {
    const run = plainText[this.quote];
    run.lastIndex = at;
    return at + (run.exec(bytes)?.[0].length ?? 0);
  }
}

function isResumption(byte: string): boolean {
  return isStructure(byte) || (byte < " " && byte !== "\t") || byte >= "\xfe";
}
