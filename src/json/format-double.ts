/** Significant digits that tell any two doubles apart. */
const PRECISION = 17;

/** Enough digits to see whether a double lies exactly between two of 17 digits. */
const BEYOND = 60;

/**
 * A finite double as C's `%.17g` prints it: `0.1` as `0.10000000000000001`, `1e20` as `1e+20`,
 * `1.0` as `1`.
 */
export function formatDouble(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return Object.is(value, -0) ? "-0" : String(value);
  const [mantissa, exponent] = roundToEven(value);
  const sign = mantissa.startsWith("-") ? "-" : "";
  const digits = mantissa.replace("-", "").replace(".", "");
  if (exponent < -4 || exponent >= PRECISION) {
    const power = Math.abs(exponent).toString().padStart(2, "0");
    return `${sign}${withPoint(digits, 1)}e${exponent < 0 ? "-" : "+"}${power}`;
  }
  if (exponent < 0) return sign + withPoint("0".repeat(-exponent) + digits, 1);
  return sign + withPoint(digits, exponent + 1);
}

/**
 * The 17-digit mantissa and the exponent. Where a value lies exactly between two mantissas C
 * takes the even one, JavaScript the greater.
 */
function roundToEven(value: number): [mantissa: string, exponent: number] {
  const [mantissa = "", exponent = ""] = value.toExponential(PRECISION - 1).split("e");
  const [exact = ""] = value.toExponential(BEYOND).split("e");
  const kept = exact.slice(0, mantissa.length);
  const isTie = /^50*$/.test(exact.slice(mantissa.length));
  const isEven = "02468".includes(kept.slice(-1));
  return [isTie && isEven ? kept : mantissa, Number(exponent)];
}

/** Puts the point after `whole` digits; a fraction loses the zeros at its end. */
function withPoint(digits: string, whole: number): string {
  const fraction = digits.slice(whole).replace(/0+$/, "");
  return digits.slice(0, whole) + (fraction === "" ? "" : `.${fraction}`);
}
