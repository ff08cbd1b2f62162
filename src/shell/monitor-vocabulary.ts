/** What a human monitor understands, as far as lines to it can be completed and hinted at. */
export interface MonitorVocabulary {
  /** Commands by name, and what `info` can show: their flags (`-d`). */
  readonly commands: ReadonlyMap<string, readonly string[]>;
  readonly topics: ReadonlyMap<string, readonly string[]>;
  /** Migration parameters, and what each may be set to, as far as that can be listed. */
  readonly parameters: readonly string[];
  readonly parameterValues: (name: string) => readonly string[];
  /** Migration capabilities, and what each may be set to. */
  readonly capabilities: readonly string[];
  readonly capabilityValues: (name: string) => readonly string[];
  /** Words that a command's first argument may begin with. */
  readonly firstWords: ReadonlyMap<string, readonly string[]>;
  /** Names that are QEMU's but not this monitor's. */
  readonly elsewhere: { readonly commands: ReadonlySet<string>; readonly topics: ReadonlySet<string> };
}
