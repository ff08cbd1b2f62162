import type { Span } from "../diagnostic/source.js";
import type { ChangeLevel, Direction, Flow } from "./level.js";
import type { ChangeId } from "./rules.js";

/** One change between two schemas, however many commands reach it. */
export interface Change {
  readonly id: ChangeId;
  /** How bad it is for clients on the socket. */
  readonly level: ChangeLevel;
  /** How bad it is for programs compiled against generated TypeScript; never milder than `level` where it breaks the wire. */
  readonly codeLevel: ChangeLevel;
  /** Which way the data flows that changed. */
  readonly direction: Direction;
  /** The shortest way to it, in the grammar of paths: `query-status/ret-type/singlestep`. */
  readonly path: string;
  /** Further ways to the same thing, one for each command and event. */
  readonly alsoAt: readonly string[];
  /** Why that breaks, and whom, as a sentence. */
  readonly because: string;
  /** The commands and events whose clients it concerns, in the alphabet's order. */
  readonly usedBy: readonly string[];
  /** By direction, the commands and events that reach it. */
  readonly reachedBy: Readonly<Record<Flow, readonly string[]>>;
  /** For what is gone: whether OLD had announced that, by a `deprecated` or `unstable`. */
  readonly announced?: boolean;
  /** Whether something OLD had is not there any more. */
  readonly removal: boolean;
  /** Whether it may be a matter of how a QEMU was built. */
  readonly configuration?: boolean;
  /** Where it stands in OLD; of what is new, where the definition stands that it was added to. */
  readonly oldSpan: Span | undefined;
  /** Where it stands in NEW; of what is gone, where the definition stands that had it. */
  readonly newSpan: Span | undefined;
  /** What changed in OLD, by identity in its model; absent for what is new. */
  readonly subject: object | undefined;
  /** The types of OLD in which it changed, by identity; none for a command or event itself. */
  readonly within: readonly object[];
  /** Further facts, by the kind of change. */
  readonly fields: Readonly<Record<string, string | boolean | readonly string[]>>;
}
