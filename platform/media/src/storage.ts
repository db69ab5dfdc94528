import type { Readable } from 'node:stream';

/**
 * Where bytes live. Names are made by the storage: 128 random bits in hex, never taken from anyone's input. A file is
 * first `incoming` (it may be written) and then `kept` (it never changes again).
 */
export type Storage = {
  /** Makes an empty incoming file. */
  create: () => Promise<string>;
  /** Writes bytes of an incoming file; durable when it returns. Writing the same bytes again is harmless. */
  write: (name: string, offset: number, content: Uint8Array) => Promise<void>;
  /** Size of a file in bytes, incoming or kept; undefined if there is none. */
  size: (name: string) => Promise<number | undefined>;
  /** Turns an incoming file into a kept one; durable when it returns. Doing it again is harmless. */
  keep: (name: string) => Promise<void>;
  /**
   * Streams bytes `start` to `end`, both inclusive, of a file, incoming or kept.
   * @throws Error with code ENOENT, before the first byte, if there is no such file
   */
  open: (name: string, range: { start: number; end: number }) => Promise<Readable>;
  /** Removes a file, incoming or kept; harmless if it is gone. */
  remove: (name: string) => Promise<void>;
  /** All files with the time of their last change, for the sweep. */
  list: () => AsyncIterable<{ name: string; changedAt: Date }>;
};
