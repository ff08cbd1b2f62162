import { QmpOverflowError } from "./errors.js";

/** Events beyond this ask for a pause of the connection. */
const HIGH_WATER = 1024;

type Step<Event> =
  | { readonly kind: "event"; readonly event: Event }
  | { readonly kind: "end" }
  | { readonly kind: "error"; readonly error: Error };

interface Taker<Event> {
  readonly resolve: (result: IteratorResult<Event, undefined>) => void;
  readonly reject: (error: Error) => void;
}

/** Events that wait for whoever iterates over them, in order. */
export class EventQueue<Event> implements AsyncIterableIterator<Event, undefined> {
  private waiting: Event[] = [];
  /** The first of `waiting` that has not been taken. */
  private first = 0;
  private takers: Taker<Event>[] = [];
  private last: Exclude<Step<Event>, { kind: "event" }> | undefined;

  /**
   * @param limit so many events may wait; with one more, iterating fails after them
   * @param onRoom called when few enough wait again
   * @param onEnd called once, when no more events are wanted
   */
  constructor(
    private readonly limit: number,
    private readonly onRoom: () => void,
    private readonly onEnd: () => void,
  ) {}

  get isFull(): boolean {
    return this.waiting.length - this.first >= HIGH_WATER;
  }

  push(event: Event): void {
    if (this.last !== undefined) return;
    const taker = this.takers.shift();
    if (taker !== undefined) taker.resolve({ done: false, value: event });
    else if (this.waiting.length - this.first < this.limit) this.waiting.push(event);
    else this.finish({ kind: "error", error: new QmpOverflowError(`more than ${this.limit} events waited`) });
  }

  /** No more events will come; what waits can still be taken. */
  end(error?: Error): void {
    this.finish(error === undefined ? { kind: "end" } : { kind: "error", error });
  }

  next(): Promise<IteratorResult<Event, undefined>> {
    const step = this.take();
    if (step === undefined)
      return new Promise((resolve, reject) => {
        this.takers.push({ resolve, reject });
      });
    if (step.kind === "error") return Promise.reject(step.error);
    return Promise.resolve(
      step.kind === "event" ? { done: false, value: step.event } : { done: true, value: undefined },
    );
  }

  return(): Promise<IteratorResult<Event, undefined>> {
    this.waiting = [];
    this.first = 0;
    this.finish({ kind: "end" });
    this.onRoom();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private take(): Step<Event> | undefined {
    const event = this.waiting[this.first];
    if (event === undefined) {
      const { last } = this;
      if (last !== undefined) this.last = { kind: "end" };
      return last;
    }
    const wasFull = this.isFull;
    this.first++;
    if (this.first * 2 >= this.waiting.length) {
      this.waiting = this.waiting.slice(this.first);
      this.first = 0;
    }
    if (wasFull !== this.isFull) this.onRoom();
    return { kind: "event", event };
  }

  private finish(last: Exclude<Step<Event>, { kind: "event" }>): void {
    if (this.last !== undefined) return;
    const [first, ...others] = this.takers.splice(0);
    // An error is told once: to who waits already, or to who comes next.
    this.last = first === undefined ? last : { kind: "end" };
    if (last.kind === "error") first?.reject(last.error);
    else first?.resolve({ done: true, value: undefined });
    for (const taker of others) taker.resolve({ done: true, value: undefined });
    this.onEnd();
  }
}
