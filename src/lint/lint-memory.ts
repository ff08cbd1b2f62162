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
  private lastId = 0;
  private run = 0;

  /** A run begins. */
  begin(): void {
    for (const [key, { run }] of this.values) if (run < this.run) this.values.delete(key);
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
    return this.recall(`number ${text}`, () => ++this.lastId);
  }
}
