import type { Duplex, Readable, Writable } from "node:stream";

/** Two streams that make a connection: of a process whose QMP is on its stdio, its stdout and stdin. */
export interface StreamPair {
  /** What the peer says. */
  readonly input: Readable;
  /** What is said to the peer. */
  readonly output: Writable;
}

/** A connection: one stream that goes both ways, or two that go one way each. */
export type Stream = Duplex | StreamPair;

export function asPair(stream: Stream): StreamPair {
  return "input" in stream ? stream : { input: stream, output: stream };
}
