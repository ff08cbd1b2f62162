/** A request whose reply has not come yet. */
interface PendingRequest {
  /** As JSON; undefined for a request without one. */
  readonly id: string | undefined;
  /** Undefined where the request was none. */
  readonly command: string | undefined;
  readonly isOutOfBand: boolean;
  /** Whether its reply can be held to the schema. */
  readonly isJudged: boolean;
  /** Whether nothing is replied when it succeeds. */
  readonly isSilent?: boolean;
}

/** QEMU takes eight requests ahead; more than this are those of a log that has no replies. */
const MOST = 65_536;

/** Requests without a reply yet: replies find theirs by id, and in the order of requests where there is none. */
export class PendingRequests {
  /** By id, each list in the order in which they were sent. */
  private readonly byId = new Map<string | undefined, PendingRequest[]>();
  private readonly order = new Set<PendingRequest>();
  /** Those whose id may have been lost. */
  private readonly uncertain = new Set<PendingRequest>();
  /** Requests that were let go unanswered. */
  private dropped = 0;

  /** @param options.isUncertain whether it may have had an id that could not be read */
  add(request: PendingRequest, { isUncertain = false }: { readonly isUncertain?: boolean } = {}): void {
    if (isUncertain) this.uncertain.add(request);
    const same = this.byId.get(request.id);
    if (same === undefined) this.byId.set(request.id, [request]);
    else same.push(request);
    this.order.add(request);
    if (this.order.size <= MOST) return;
    const [oldest] = this.order;
    if (oldest !== undefined) this.remove(oldest);
    this.dropped++;
  }

  /**
   * The request that a reply answers.
   *
   * @param fits whether it can be an answer to this request: what runs out of band is not answered in order
   */
  take(id: string | undefined, fits?: (request: PendingRequest) => boolean): PendingRequest | undefined {
    const same = this.byId.get(id);
    if (same === undefined) return undefined;
    const [first] = same;
    // Where no id says which of two kinds is answered, the one out of band overtakes.
    const overtaking = same.find(({ isOutOfBand }) => isOutOfBand);
    const isEither = overtaking !== undefined && overtaking !== first;
    const found = isEither && fits?.(overtaking) === true ? overtaking : first;
    if (found !== undefined) this.remove(found);
    return found;
  }

  /** What comes next is a success without an id: the commands before it that succeed in silence have done so. */
  skipSilent(): void {
    for (const request of this.byId.get(undefined)?.slice() ?? []) {
      if (request.isSilent !== true) return;
      this.remove(request);
    }
  }

  /** The request that could not be read has been answered, if there is one. */
  takeUnreadable(): void {
    const unreadable = this.byId.get(undefined)?.find(({ command }) => command === undefined);
    const [request = unreadable] = this.uncertain;
    if (request !== undefined) this.remove(request);
  }

  /** Whether a reply that finds no request may have one for all that; each time this is true counts for one. */
  isForgiven(): boolean {
    const [lost] = this.uncertain;
    if (lost !== undefined) this.remove(lost);
    else if (this.dropped > 0) this.dropped--;
    else return false;
    return true;
  }

  /** Somebody else has connected: only what was sent ahead of the greeting is still to be answered. */
  beginConnection(): void {
    const sent = [...this.order];
    const first = sent.findLastIndex(({ command }) => command === "qmp_capabilities");
    for (const request of first === -1 ? sent : sent.slice(0, first)) this.remove(request);
  }

  private remove(request: PendingRequest): void {
    this.order.delete(request);
    this.uncertain.delete(request);
    const same = this.byId.get(request.id) ?? [];
    if (same.length <= 1) this.byId.delete(request.id);
    else if (same[0] === request) same.shift();
    else same.splice(same.indexOf(request), 1);
  }
}
