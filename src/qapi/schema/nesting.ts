import { cName } from "../check/names.js";
import type { DefinitionDraft, ObjectDraft } from "./drafts.js";

/** Where an object stands in an order in which each comes after all that it contains. */
interface Place {
  readonly own: number;
  /** The first place of all that it contains; in between may also stand what it does not contain. */
  readonly lowest: number;
}

type Order = ReadonlyMap<ObjectDraft, Place>;

/**
 * What the unions of a schema contain by branch and base, all the way down, so that one need not go all the way
 * down to see that a name is not there. All of it takes time in proportion to the schema.
 */
export class Nesting {
  /** Two orders, each as unlike the other as can be: what stands wrongly in between in one does not in the other. */
  private readonly orders: readonly [Order, Order];
  /** The objects that have a member of a name, by the name in C, in the first order. */
  private readonly holders = new Map<string, ObjectDraft[]>();
  /** The nearest of an object and its bases that has a name which another has as well. */
  private readonly sharing = new Map<ObjectDraft, ObjectDraft>();
  /** The same without the object itself. */
  private readonly sharingBase = new Map<ObjectDraft, ObjectDraft>();
  /** The outermost of an object and its bases that has members. */
  private readonly outermost = new Map<ObjectDraft, ObjectDraft>();

  constructor(private readonly byName: ReadonlyMap<string, DefinitionDraft>) {
    const unions = [...byName.values()].filter(isUnion);
    const first = this.order(unions, false);
    this.orders = [first, this.order(unions.reverse(), true)];
    for (const draft of first.keys()) {
      for (const { name } of draft.members) {
        const known = this.holders.get(cName(name));
        if (known) known.push(draft);
        else this.holders.set(cName(name), [draft]);
      }
    }
    // Bases stand before their heirs, but for one on a cycle, which then counts for none.
    for (const draft of first.keys()) {
      const base = this.object(draft.base?.name);
      const above = base && this.sharing.get(base);
      if (above) this.sharingBase.set(draft, above);
      const sharing = this.sharesName(draft) ? draft : above;
      if (sharing) this.sharing.set(draft, sharing);
      const outermost = (base && this.outermost.get(base)) ?? (draft.members.length > 0 ? draft : undefined);
      if (outermost) this.outermost.set(draft, outermost);
    }
  }

  /** Whether a member of what a union contains may have the name of one that is common to all its branches. */
  mayClash(union: ObjectDraft): boolean {
    const branches = this.branches(union);
    const ranges = this.orders.map((order) => rangeOf(order, branches));
    const isBelow = (draft: ObjectDraft): boolean =>
      this.orders.every((order, i) => isWithin(order.get(draft), ranges[i]));
    // A base that is itself below brings all its bases along.
    const outermost = this.outermost.get(union);
    if (outermost && isBelow(outermost)) return true;
    for (let each = this.sharing.get(union); each; each = this.sharingBase.get(each)) {
      for (const { name } of each.members) {
        if (this.inRange(this.holders.get(cName(name)) ?? [], ranges[0]).some(isBelow)) return true;
      }
    }
    return false;
  }

  /** Those of some objects, given in the first order, whose places are within a range. */
  private inRange(holders: readonly ObjectDraft[], range: Place | undefined): readonly ObjectDraft[] {
    if (holders.length < 2 || range === undefined) return [];
    const placeOf = (draft: ObjectDraft): number => this.orders[0].get(draft)?.own ?? 0;
    const start = firstAbove(holders, (holder) => placeOf(holder) >= range.lowest);
    return holders.slice(
      start,
      firstAbove(holders, (holder) => placeOf(holder) > range.own),
    );
  }

  private sharesName({ members }: ObjectDraft): boolean {
    return members.some(({ name }) => (this.holders.get(cName(name))?.length ?? 0) > 1);
  }

  /** Goes down from each union. Chains may be long, so what is open waits on a list of our own, not on the call stack. */
  private order(unions: readonly ObjectDraft[], reversed: boolean): Order {
    const order = new Map<ObjectDraft, Place>();
    const opened = new Set<ObjectDraft>();
    const agenda: { readonly draft: ObjectDraft; readonly inner: readonly ObjectDraft[]; next: number }[] =
      [];
    const enter = (draft: ObjectDraft): void => {
      if (opened.has(draft)) return;
      opened.add(draft);
      const base = this.object(draft.base?.name);
      const inner = [...(base ? [base] : []), ...this.branches(draft)];
      agenda.push({ draft, inner: reversed ? inner.reverse() : inner, next: 0 });
    };
    for (const union of unions) {
      enter(union);
      for (let current = agenda.at(-1); current; current = agenda.at(-1)) {
        const inner = current.inner[current.next++];
        if (inner) {
          enter(inner);
          continue;
        }
        agenda.pop();
        const own = order.size;
        order.set(current.draft, { own, lowest: rangeOf(order, current.inner)?.lowest ?? own });
      }
    }
    return order;
  }

  private branches({ union }: ObjectDraft): readonly ObjectDraft[] {
    return union?.branches.flatMap(({ type }) => this.object(type.name) ?? []) ?? [];
  }

  private object(name: string | undefined): ObjectDraft | undefined {
    const draft = name === undefined ? undefined : this.byName.get(name);
    return draft?.kind === "object" ? draft : undefined;
  }
}

function isUnion(draft: DefinitionDraft): draft is ObjectDraft {
  return draft.kind === "object" && draft.union !== undefined;
}

/** From the first place of all that some objects contain to the last of their own; absent if none has one. */
function rangeOf(order: Order, drafts: readonly ObjectDraft[]): Place | undefined {
  let range: Place | undefined;
  for (const draft of drafts) {
    const place = order.get(draft);
    if (!place) continue;
    range = {
      own: Math.max(place.own, range?.own ?? 0),
      lowest: Math.min(place.lowest, range?.lowest ?? Infinity),
    };
  }
  return range;
}

function isWithin(place: Place | undefined, range: Place | undefined): boolean {
  return place !== undefined && range !== undefined && place.own >= range.lowest && place.own <= range.own;
}

/** The index of the first item that is past a bound, in a list where all after it are, too. */
function firstAbove<T>(list: readonly T[], isPast: (item: T) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = list[middle];
    if (item !== undefined && isPast(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
