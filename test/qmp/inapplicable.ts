/**
 * Recorded steps that cannot apply to us, by what was typed, each with the reason. The list may only
 * shrink.
 */
const reasons: ReadonlyMap<string, string> = new Map([
  ["greeting", "names the package of that binary"],
  ['{"execute":"query-version"}', "names the package of that binary"],
  ["help", "lists every command of QEMU"],
  ["info", "lists everything QEMU can show"],
  ["help print", "a command outside this product"],
  ["help p", "a command outside this product"],
  ["i migrate_parameters", "a command outside this product: it reads an I/O port"],
  ["help log", "lists QEMU's own log items"],
]);

/** Why a step does not apply, if it does not. */
export function whyInapplicable(input: string): string | undefined {
  return reasons.get(input);
}
