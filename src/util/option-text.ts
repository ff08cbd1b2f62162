/**
 * Splits options as QEMU's command line and monitor write them: at single commas, two in a row being one comma
 * of the item.
 */
export function splitOptions(text: string): string[] {
  const items = text.match(/(?:[^,]|,,)+/g) ?? [];
  return items.map((item) => item.replaceAll(",,", ","));
}

/** A name alone, which is a switch: `x` is `x=on`, `nox` is `x=off`. */
export function shortForm(item: string): [name: string, value: "on" | "off"] {
  return item.startsWith("no") ? [item.slice(2), "off"] : [item, "on"];
}

/** An item at its first `=`; undefined where there is none. */
export function splitOption(item: string): [name: string, value: string] | undefined {
  const equals = item.indexOf("=");
  return equals < 0 ? undefined : [item.slice(0, equals), item.slice(equals + 1)];
}
