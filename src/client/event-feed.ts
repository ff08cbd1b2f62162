import type { Codec } from "./codec.js";
import type { QmpEvent } from "./types.js";

/** An event as it came and as the schema has it. */
export interface Arrival {
  readonly raw: QmpEvent;
  /** Undefined when the schema does not know the event. */
  readonly decode: () => QmpEvent<string, unknown> | undefined;
}

/** Somebody who is told of events. */
export interface Subscriber {
  take(arrival: Arrival): void;
  /** Nothing more will come; with what ended the connection unless it was closed on purpose. */
  end(error: Error | undefined): void;
  /** Whether it has as much as it can take for now. */
  readonly isFull: boolean;
}

/**
 * Spreads events to all who have asked. What comes before anybody has asked is kept, as far as there is
 * room, for those who ask first: all that do so in one go.
 */
export class EventFeed {
  private readonly subscribers = new Set<Subscriber>();
  private history: Arrival[] | undefined = [];
  private isEnded = false;
  private endError: Error | undefined;

  /** @param maxHistory so many events are kept until somebody asks, the latest */
  constructor(
    private readonly codec: Codec,
    private readonly maxHistory: number,
  ) {}

  /** Whether every subscriber has had enough for now. */
  get isFull(): boolean {
    if (this.subscribers.size === 0) return false;
    for (const subscriber of this.subscribers) if (!subscriber.isFull) return false;
    return true;
  }

  publish(raw: QmpEvent): void {
    let decoded: { readonly event: QmpEvent<string, unknown> | undefined } | undefined;
    const arrival: Arrival = {
      raw,
      decode: () => (decoded ??= { event: this.codec.decodeEvent(raw) }).event,
    };
    if (this.history !== undefined) {
      this.history.push(arrival);
      if (this.history.length > this.maxHistory) this.history.shift();
    }
    for (const subscriber of [...this.subscribers]) subscriber.take(arrival);
  }

  subscribe(subscriber: Subscriber): void {
    for (const arrival of this.history ?? []) subscriber.take(arrival);
    if (this.isEnded) {
      subscriber.end(this.endError);
      return;
    }
    this.subscribers.add(subscriber);
    queueMicrotask(() => {
      this.history = undefined;
    });
  }

  unsubscribe(subscriber: Subscriber): void {
    this.subscribers.delete(subscriber);
  }

  end(error: Error | undefined): void {
    this.isEnded = true;
    this.endError = error;
    for (const subscriber of [...this.subscribers]) subscriber.end(error);
    this.subscribers.clear();
  }
}
