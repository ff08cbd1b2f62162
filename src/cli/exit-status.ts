/** What `qapi` tells the shell. */
export const ExitStatus = {
  ok: 0,
  /** The run failed: a bad schema, a refused command, an unreachable peer. */
  failed: 1,
  /** Wrong usage of the command line. */
  usage: 2,
  /** The run went well and found something: stale output, documents that do not validate. */
  findings: 100,
  /** Ended by Ctrl-C, as shells count it (128 + SIGINT). */
  interrupted: 130,
  /** Ended by SIGTERM. */
  terminated: 143,
} as const;

export type ExitStatus = (typeof ExitStatus)[keyof typeof ExitStatus];
