/** Begins a progress line; the returned function ends it with an optional detail and the elapsed time. */
export function step(
  title: string,
  stream?: NodeJS.WriteStream,
): ((detail?: string) => void) & { fail: (detail?: string) => void };

/** A duration as people read it: `0.4 s`, `12 s`, `2 min 5 s`. */
export function seconds(milliseconds: number): string;
