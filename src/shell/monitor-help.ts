/**
 * Names of commands with their flags (`-d`), read from what `help` or `help info` prints:
 *
 *     migrate [-d] [-b] [-i] [-r] uri -- migrate to URI (…)
 *     quit|q  -- quit the emulator
 */
export function namesInHelp(help: string): Map<string, readonly string[]> {
  const names = new Map<string, readonly string[]>();
  for (const line of help.split("\n")) {
    const [usage = "", explanation] = line.split(" -- ");
    if (explanation === undefined) continue;
    const [first = "", second = ""] = usage.split(/\s+/);
    if (first === "") continue;
    const isInfo = first === "info" && second !== "" && !second.startsWith("[");
    const flags = [...usage.matchAll(/\[(-\w)/g)].map(([, flag = ""]) => flag);
    for (const name of (isInfo ? second : first).split("|")) names.set(name, flags);
  }
  return names;
}
