/**
 * Answers about courses that are the same for many people, kept in this process.
 *
 * None is ever given out on trust. Every request asks the database for the revision of what it is about, and gets what is
 * kept only under exactly that revision; so a change is seen with the first request after its commit, in every process,
 * without anybody having to be told. The revision of a course is its row's `xmin` (the transaction that wrote the row,
 * which is another one after every change) with its `version`. Three things make that enough:
 * - All of a course's fields that are shown are in its row.
 * - Whatever changes in a course's modules and lessons also writes the course's row in the same transaction
 *   (`editCourse` first, `countLessons` last). A test changes each thing there is and looks.
 * - The revision is read before what is kept under it. Whatever is changed in between is under the next revision,
 *   too, and replaces what was kept.
 *
 * Nothing personal is in here: what is locked for a person, and how far they are, is put together for each request.
 */
export type KeptAnswers<T> = {
  /** What is kept of a thing at this revision, else what `make` finds; then that is kept. */
  of: (thing: string, revision: string, make: () => Promise<T> | T) => Promise<T> | T;
  /** False if nothing is kept of a thing, so that asking for its revision first would be in vain. */
  has: (thing: string) => boolean;
};

/** Keeps answers about `most` things, those that were asked for last. */
export function keepAnswers<T>(most: number): KeptAnswers<T> {
  const kept = new Map<string, { revision: string; answer: T }>();
  const keep = (thing: string, revision: string, answer: T): T => {
    kept.delete(thing);
    kept.set(thing, { revision, answer });
    if (kept.size > most) {
      const oldest = kept.keys().next().value;
      if (oldest !== undefined) kept.delete(oldest);
    }
    return answer;
  };
  return {
    has: (thing) => kept.has(thing),
    of: (thing, revision, make) => {
      const known = kept.get(thing);
      if (known?.revision === revision) return keep(thing, revision, known.answer);
      const made = make();
      return made instanceof Promise
        ? made.then((answer) => keep(thing, revision, answer))
        : keep(thing, revision, made);
    },
  };
}
