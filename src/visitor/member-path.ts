/**
 * Where in a value a visitor is, so that errors can say it as QEMU does:
 * `block-bitmap-mapping[0].bitmaps[1].alias`.
 */
export class MemberPath {
  private depth = 0;
  /** How each container on the way was reached: by member name, list index, or as the root. */
  private readonly steps: (string | number | null)[] = [];
  /** The element being visited, where the innermost container is a list. */
  private index: number | null = null;

  get length(): number {
    return this.depth;
  }

  /** Goes into an object that was reached by `name`. */
  enter(name: string | null): void {
    this.steps[this.depth++] = name ?? this.index;
    this.index = null;
  }

  /** Says which element of the innermost container, a list, comes next. */
  element(index: number): void {
    this.index = index;
  }

  /** Leaves the innermost container. */
  leave(): void {
    const step = this.steps[--this.depth];
    this.index = typeof step === "number" ? step : null;
  }

  /** The path of `name` within the innermost container (QEMU's `full_name`). */
  full(name: string | null): string {
    const steps = [...this.steps.slice(0, this.depth), name ?? this.index];
    let path = "";
    for (const step of steps) {
      if (typeof step === "number") path += `[${step}]`;
      else if (step !== null) path += path === "" ? step : `.${step}`;
    }
    return path === "" && name === null ? "<anonymous>" : path;
  }
}
