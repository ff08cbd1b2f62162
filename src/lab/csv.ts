/** Rows as comma-separated values (RFC 4180, with `\n`): what holds a comma, a quote or a line break is quoted. */
export function csvText(rows: readonly (readonly (string | number | bigint)[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(",")}\n`).join("");
}

function csvCell(value: string | number | bigint): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
