interface Remembered {
  readonly value: unknown;
  run: number;
}

/**
 * What an earlier run over the same schema found out, for a run after an edit. What a run does not ask for
 * is forgotten with the next, so that it never holds more than two runs' worth.
 */
export class LintMemory {
  private readonly values = new Map<string, Remembered>();
  private readonly numbers = new Map<string, { readonly id: number; run: number }>();
  private lastId = 0;
  private run = 0;

  /** A run begins. */
  begin(): void {
    for (const map of [this.values, this.numbers])
      for (const [key, { run }] of map) if (run < this.run) map.delete(key);
    this.run++;
  }

  /**
   * What was made before under a key, or else is made now.
   *
   * @param key says of what kind the value is, and all that it depends on
   */
  recall<Value>(key: string, make: () => Value): Value {
    const known = this.values.get(key);
    if (known !== undefined) {
      known.run = this.run;
      return known.value as Value;
    }
    const value = make();
    this.values.set(key, { value, run: this.run });
    return value;
  }

  /** A number that stands for a text, in this memory. */
  numberOf(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) {
      known.run = this.run;
      return known.id;
    }
    this.numbers.set(text, { id: ++this.lastId, run: this.run });
    return this.lastId;
  }
}
