/** The modelled link to the destination. */
export interface Link {
  /** Bytes per second it carries at most; `max-bandwidth` may allow less. */
  readonly bandwidth: number;
}

/** A failure to inject: the destination refuses, or goes away after so many bytes of stream. */
export type LinkFailure = { readonly kind: "connect" } | { readonly kind: "after"; readonly bytes: number };
