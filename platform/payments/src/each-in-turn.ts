/** Does the work for each item, and the next one's although one failed. */
export type Each = <T>(items: readonly T[], work: (item: T) => Promise<unknown>) => Promise<void>;

/**
 * For schedules that go through what is due: one thing that fails is tried again with the next run, and keeps nobody
 * behind it waiting, today or ever.
 * @throws in the end, the one failure, or an AggregateError of several
 */
export async function eachInTurn(run: (each: Each) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  await run(async (items, work) => {
    for (const item of items) await work(item).catch((failure: unknown) => failures.push(failure));
  });
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) throw new AggregateError(failures, `${failures.length} of what was due failed`);
}
