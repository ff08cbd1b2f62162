import type { Cursor } from "../line/cursor.js";
import { decodeKeepingBytes } from "../../qmp/wire/modified-utf8.js";
import { readUint64 } from "../../visitor/text/read-integer.js";
import { ArgumentError } from "../argument-error.js";

/** What `$name` means; undefined for a name that is no register. */
export type Registers = (name: string) => bigint | undefined;

/** The default: a machine without CPUs has no registers. */
export const noRegisters: Registers = () => undefined;

/**
 * Parentheses and unary signs that may be open at once. QEMU recurses until its stack ends; a limit is
 * ours, far above what a monitor line needs.
 */
const MAX_DEPTH = 500;

/**
 * Evaluates the 64-bit expression at the cursor and leaves the cursor behind it (QEMU `get_expr`).
 *
 * Loosest first: `+ -`, then `& | ^`, then `* / %`, then unary `+ - ~`, parentheses, `'c'`, `$register`
 * and numbers as C writes them (`0x…`, `0…` octal). Arithmetic wraps at 64 bits, signed. Where C leaves
 * the result undefined, `INT64_MIN / -1`, it wraps too.
 *
 * @throws {ArgumentError} with the monitor's words
 */
export function evaluateExpression(cursor: Cursor, registers: Registers = noRegisters): bigint {
  cursor.skipSpace();
  return new Evaluator(cursor, registers).sum();
}

type Operation = (left: bigint, right: bigint) => bigint;

const sumOperations = new Map<string, Operation>([
  ["+", (left, right) => left + right],
  ["-", (left, right) => left - right],
]);

const logicOperations = new Map<string, Operation>([
  ["&", (left, right) => left & right],
  ["|", (left, right) => left | right],
  ["^", (left, right) => left ^ right],
]);

const productOperations = new Map<string, Operation>([
  ["*", (left, right) => left * right],
  ["/", (left, right) => left / nonZero(right)],
  ["%", (left, right) => left % nonZero(right)],
]);

function nonZero(divisor: bigint): bigint {
  if (divisor === 0n) throw new ArgumentError("division by zero");
  return divisor;
}

class Evaluator {
  private depth = 0;

  constructor(
    private readonly cursor: Cursor,
    private readonly registers: Registers,
  ) {}

  sum(): bigint {
    return this.chain(sumOperations, () => this.chain(logicOperations, () => this.product()));
  }

  private product(): bigint {
    return this.chain(productOperations, () => this.unary());
  }

  /** Operands of one precedence, from left to right. */
  private chain(operations: ReadonlyMap<string, Operation>, operand: () => bigint): bigint {
    let value = operand();
    for (;;) {
      const operation = operations.get(this.cursor.peek());
      if (operation === undefined) return value;
      this.step();
      value = BigInt.asIntN(64, operation(value, operand()));
    }
  }

  private unary(): bigint {
    if (++this.depth > MAX_DEPTH) throw new ArgumentError("expression is nested too deeply");
    const value = BigInt.asIntN(64, this.operand());
    this.depth--;
    return value;
  }

  private operand(): bigint {
    switch (this.cursor.peek()) {
      case "+":
        this.step();
        return this.unary();
      case "-":
        this.step();
        return -this.unary();
      case "~":
        this.step();
        return ~this.unary();
      case "(":
        return this.parenthesized();
      case "'":
        return this.character();
      case "$":
        return this.register();
      case "":
        throw new ArgumentError("unexpected end of expression");
      default:
        return this.number();
    }
  }

  private parenthesized(): bigint {
    this.step();
    const value = this.sum();
    if (this.cursor.peek() !== ")") throw new ArgumentError("')' expected");
    this.step();
    return value;
  }

  /** One byte between apostrophes, signed as C's `char` is on x86. */
  private character(): bigint {
    this.cursor.at++;
    if (this.cursor.isAtEnd()) throw new ArgumentError("character constant expected");
    const code = this.cursor.peek().charCodeAt(0);
    this.cursor.at++;
    if (this.cursor.peek() !== "'") throw new ArgumentError("missing terminating ' character");
    this.step();
    return BigInt.asIntN(8, BigInt(code));
  }

  private register(): bigint {
    this.cursor.at++;
    const name = this.cursor.takeWhile((byte) => /[A-Za-z0-9_.]/.test(byte));
    this.cursor.skipSpace();
    const value = this.registers(name);
    if (value === undefined) throw new ArgumentError("unknown register");
    return value;
  }

  /** A number as C's `strtoull` with base 0 reads it, up to 2^64-1. */
  private number(): bigint {
    const read = readUint64(this.cursor.bytes, 0, this.cursor.at);
    if (read === "invalid")
      throw new ArgumentError(`invalid char '${decodeKeepingBytes(this.cursor.peek())}' in expression`);
    if (read === "range") throw new ArgumentError("number too large");
    this.cursor.at = read.end;
    this.cursor.skipSpace();
    return read.value;
  }

  /** Past one byte and the space behind it. */
  private step(): void {
    this.cursor.at++;
    this.cursor.skipSpace();
  }
}
