/** C's `%.2f`. Of two hundredths equally near, which one and five eighths have, it takes the even one. */
export function fixed2(value: number): string {
  const isBetweenHundredths = (value * 8) % 4 === 1;
  return (isBetweenHundredths ? value - 0.001 : value).toFixed(2);
}

const prefixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

/**
 * A count of bytes in three significant digits: `64.3 MiB` (QEMU `size_to_str`, with C's `%0.3g`). A unit
 * goes as far as 999; what rounds to 1000 of one is `1e+03`.
 *
 * @param bytes below 2^64
 */
export function sizeText(bytes: bigint): string {
  // 1000 of one unit are more than the next one's 0.976.
  const power = prefixes.findLastIndex(
    (_, index) => index === 0 || bytes >= 1000n << BigInt(10 * (index - 1)),
  );
  const unit = 1n << BigInt(10 * power);
  const decimals = bytes < unit ? 3 : bytes < 10n * unit ? 2 : bytes < 100n * unit ? 1 : 0;
  const digits = Number(dividedToEven(bytes * 10n ** BigInt(decimals), unit)) / 10 ** decimals;
  return `${digits === 1000 ? "1e+03" : String(digits)} ${prefixes[power] ?? ""}B`;
}

/** A quotient rounded to the nearest, of two the even one. */
function dividedToEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const twiceRest = 2n * (dividend % divisor);
  const up = twiceRest > divisor || (twiceRest === divisor && quotient % 2n === 1n);
  return up ? quotient + 1n : quotient;
}

/** How the monitor shows a boolean. */
export function onOff(value: boolean): "on" | "off" {
  return value ? "on" : "off";
}
