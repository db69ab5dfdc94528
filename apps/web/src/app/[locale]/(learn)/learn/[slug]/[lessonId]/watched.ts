/** Pieces of a video that were really played, collected until they are reported. Seconds of the video. */
export type Watched = {
  /**
   * The video plays and is now at `position`. `possible`: seconds of it that can have been played since the last call, by
   * the clock and the speed.
   */
  at: (position: number, possible?: number) => void;
  /** Playing stopped or jumped: what comes next is another piece. */
  cut: () => void;
  /** Pieces since the last call, merged, in order. They count as reported unless given back. */
  take: () => [from: number, to: number][];
  /** Pieces whose report failed. */
  giveBack: (pieces: readonly (readonly [number, number])[]) => void;
};

/**
 * A longer step between two positions is a jump that no event announced (a live stream, a sleeping phone), unless that much
 * can have been played: a busy device plays on while the page hears nothing for seconds.
 */
const longestStep = 5;
const longestSilence = 60;

export function createWatched(): Watched {
  let pieces: [number, number][] = [];
  let current: [number, number] | null = null;
  const close = () => {
    if (current && current[1] > current[0]) pieces.push(current);
    current = null;
  };
  return {
    at: (position, possible = 0) => {
      const longest = Math.max(longestStep, Math.min(possible, longestSilence));
      if (current && position >= current[1] && position - current[1] <= longest) {
        current[1] = position;
        return;
      }
      close();
      current = [position, position];
    },
    cut: close,
    take: () => {
      const end = current?.[1];
      close();
      if (end !== undefined) current = [end, end];
      const taken = merge(pieces);
      pieces = [];
      return taken;
    },
    giveBack: (returned) => {
      for (const [from, to] of returned) pieces.push([from, to]);
    },
  };
}

function merge(pieces: readonly [number, number][]): [number, number][] {
  const merged: [number, number][] = [];
  for (const [from, to] of [...pieces].sort((left, right) => left[0] - right[0])) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}
