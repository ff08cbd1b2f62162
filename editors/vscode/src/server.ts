/** The server that comes with the extension: nothing but `qapi lsp`. */
import { lsp } from "../../../src/cli/commands/lsp.js";

const { stdin, stdout, stderr, env } = process;
process.exitCode = await lsp(
  {},
  { stdin, stdout, stderr, env, color: () => false, signal: new AbortController().signal },
);
