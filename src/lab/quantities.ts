const binaryUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

/** Bytes as people read them: `47.6 MiB`. */
export function formatBytes(bytes: bigint | number): string {
  let value = Number(bytes);
  let unit = 0;
  while (value >= 1024 && unit < binaryUnits.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? Math.round(value) : value.toFixed(1)} ${binaryUnits[unit] ?? ""}`;
}

/** A time as people read it: `24 ms`, `6.3 s`. */
export function formatTime(ms: bigint | number): string {
  return ms < 1000 ? `${ms} ms` : `${(Number(ms) / 1000).toFixed(1)} s`;
}
