/** Names of commands and what goes with them, read from the output of `help` or `help info`. */
export function namesInHelp(help: string): string[] {
  const names = new Set<string>();
  for (const line of help.split("\n")) {
    // `migrate_set_parameter parameter value -- set the parameter`, `quit|q  -- quit the emulator`
    const [first = "", second = ""] = line.split(/\s+/);
    const isInfo = first === "info" && second !== "" && !second.startsWith("[") && !second.startsWith("--");
    if (!line.includes(" -- ") || first === "") continue;
    for (const name of (isInfo ? second : first).split("|")) names.add(name);
  }
  return [...names];
}
