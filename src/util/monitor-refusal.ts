/**
 * Whether what a human monitor printed says that it refused the line. QEMU has no other sign of it: what is
 * wrong with the words of a line ends in `Try "help …" for more information` (`handle_hmp_command`), what a
 * command finds begins with `Error: ` (`hmp_handle_error`), warnings aside, and a command that there is not,
 * or not now, is said to be unknown or not available.
 */
export function isMonitorRefusal(output: string): boolean {
  return REFUSAL.test(output.replaceAll("\r\n", "\n"));
}

const REFUSAL =
  /^(?:[Ww]arning: .*\n)*(?:Error: |unknown command: |Command (?:'.*'|".*") (?:is )?not available)|(?:^|\n)Try "help .*" for more information\n*$/;
