import type { Span } from "../../diagnostic/source.js";
import { cName } from "../check/names.js";
import type { Definition } from "../check/definition.js";
import { describeMember } from "./describe.js";
import type { Resolution } from "./resolution.js";

interface Named {
  readonly name: string;
  readonly span: Span;
}

/** Names that must differ as C identifiers: the features, values or branches of one thing (QEMU's `check_clash`). */
export class NameTable {
  private readonly seen = new Map<string, Named>();

  /** @param owner name of the thing that has them */
  constructor(
    private readonly resolution: Resolution,
    private readonly definition: Definition,
    private readonly role: "feature" | "value" | "branch",
    private readonly owner: string,
  ) {}

  /** Notes a name; one that is taken is reported. */
  add(item: Named): void {
    const name = cName(item.name);
    const other = this.seen.get(name);
    if (!other) {
      this.seen.set(name, item);
      return;
    }
    const described = this.describe(other);
    const notes = [{ message: `${described} is here`, span: other.span }];
    this.resolution.report(this.definition, "name-clash", item.span, [this.describe(item), described], {
      notes,
    });
  }

  addAll(items: readonly Named[]): void {
    for (const item of items) this.add(item);
  }

  private describe({ name }: Named): string {
    return describeMember(this.role, name, this.owner, this.definition.within);
  }
}
