/** A client that holds less of an unfinished message than this, in bytes, asks nobody. */
const SMALL_MESSAGE = 64 * 2 ** 10;

/** What all clients together may leave unread, in bytes, before the one that leaves the most is let go. */
const MAX_UNREAD_OF_ALL = 128 * 2 ** 20;

/** How long the client whose long message is taken may send nothing while others wait, in ms. */
const PATIENCE_MS = 5000;

/** A client as far as its use of memory goes. */
export interface BoundedClient {
  /** About how much is held of a message of its that is not complete, in bytes. */
  readonly pendingBytes: number;
  /** How much it has been sent and not read, in bytes. */
  readonly unreadBytes: number;
  /** Ends the connection. */
  drop(): void;
}

/**
 * Bounds what all clients of one emulator cost together. Long messages are taken one at a time: the others
 * are not read from meanwhile. Whoever stops in the middle of one while others wait is let go.
 */
export class ClientBounds {
  private readonly clients = new Set<BoundedClient>();
  /** Whose long message is being taken, and when it last brought something. */
  private turn: { readonly client: BoundedClient; lastMs: number } | undefined;
  private readonly waiting: (() => void)[] = [];

  add(client: BoundedClient): void {
    this.clients.add(client);
  }

  remove(client: BoundedClient): void {
    this.clients.delete(client);
    if (this.turn?.client === client) this.passTurn();
  }

  /** Something has come from a client. It is a promise when the client must wait before more is taken. */
  received(client: BoundedClient): Promise<void> | undefined {
    const isLong = client.pendingBytes > SMALL_MESSAGE;
    if (this.turn?.client === client) {
      this.turn.lastMs = performance.now();
      if (!isLong) this.passTurn();
      return undefined;
    }
    return isLong ? this.waitForTurn(client) : undefined;
  }

  /** Something was sent to a client. */
  sent(client: BoundedClient): void {
    if (client.unreadBytes < SMALL_MESSAGE) return;
    let all = 0;
    let worst: BoundedClient | undefined;
    for (const each of this.clients) {
      all += each.unreadBytes;
      // The one at hand had no time to read yet.
      if (each !== client && each.unreadBytes > (worst?.unreadBytes ?? 0)) worst = each;
    }
    if (all > MAX_UNREAD_OF_ALL) worst?.drop();
  }

  private async waitForTurn(client: BoundedClient): Promise<void> {
    while (this.turn !== undefined) {
      const { turn } = this;
      const timer = setTimeout(
        () => {
          if (performance.now() - turn.lastMs >= PATIENCE_MS) turn.client.drop();
          this.wake();
        },
        Math.max(PATIENCE_MS - (performance.now() - turn.lastMs), 1),
      );
      await new Promise<void>((resolve) => this.waiting.push(resolve));
      clearTimeout(timer);
    }
    // It may have left while it waited.
    if (this.clients.has(client)) this.turn = { client, lastMs: performance.now() };
  }

  private passTurn(): void {
    this.turn = undefined;
    this.wake();
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}
