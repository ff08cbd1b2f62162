/** What a quantity with a unit is wrong about, in words that complete "… is not". */
export class UnitError extends Error {
  override readonly name = "UnitError";
}

const prefixes = ["", "k", "m", "g", "t", "p"];

/**
 * A size in bytes: `4096`, `64G`, `1.5GiB` (powers of 1024), `2GB` (powers of 1000).
 *
 * @throws UnitError if the text is not one, or does not come to whole bytes
 */
export function parseSize(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgtp]?)(i?b|i)?$/i.exec(text);
  const bytes = match === null ? NaN : scaled(match[1], match[2], match[3]);
  if (!Number.isSafeInteger(bytes)) throw new UnitError("a size such as 4096, 512M, 1.5G or 2GB");
  return bytes;
}

/**
 * Bytes per second: a size with or without `/s`, or bits as in `10Gbit`, `25Gbit/s` and `100Mbps`
 * (powers of 1000).
 *
 * @throws UnitError if the text is not one
 */
export function parseRate(text: string): number {
  const bits = /^(\d+(?:\.\d+)?)\s*([kmgtp]?)(?:bit(?:\/s)?|bps)$/i.exec(text);
  if (bits !== null) return scaled(bits[1], bits[2], "b") / 8;
  const bytes = /^(\d+(?:\.\d+)?)\s*([kmgtp]?)(i?b|i)?(?:\/s)?$/i.exec(text);
  if (bytes !== null) return scaled(bytes[1], bytes[2], bytes[3]);
  throw new UnitError("a rate such as 1.5G, 800MB/s or 10Gbit");
}

/**
 * A share of a whole, 0..1: `0.2` or `20%`.
 *
 * @throws UnitError if the text is not one
 */
export function parseShare(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(text);
  const share = match === null ? NaN : Number(match[1]) / (match[2] === "%" ? 100 : 1);
  if (!(share >= 0 && share <= 1)) throw new UnitError("a share such as 0.2 or 20%");
  return share;
}

/**
 * A duration in ms: `300ms`, `2s`, `1.5min`, `1h`; a bare number is in ms.
 *
 * @throws UnitError if the text is not one
 */
export function parseDuration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|min|h)?$/.exec(text);
  if (match === null) throw new UnitError("a duration such as 300ms, 10s, 5min or 1h");
  const unit = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 }[match[2] ?? "ms"] ?? NaN;
  return Number(match[1]) * unit;
}

/** `GB` is decimal, `G`, `Gi` and `GiB` are binary. */
function scaled(digits = "", prefix = "", unit = ""): number {
  const base = unit.toLowerCase() === "b" ? 1000 : 1024;
  return Number(digits) * base ** prefixes.indexOf(prefix.toLowerCase());
}
