import { getHeapSpaceStatistics, writeHeapSnapshot } from 'node:v8';

/** What a process holds, in bytes, after everything that nobody refers to was collected. */
export type MemoryAccount = {
  resident: number;
  /** In use in the engine's heap, and what the engine has taken for it. */
  heapUsed: number;
  heapTotal: number;
  /** Buffers and what else objects hold outside of the heap. */
  external: number;
  /** In use in each part of the heap, by its name. */
  spaces: Record<string, number>;
};

// Loaded into the process under test before its own first module (`--expose-gc --import`), for soaks only. A parent that
// asks gets an account; with the path of a file a snapshot of the heap is written there as well.

process.on('message', ({ snapshot }: { snapshot?: string }) => {
  if (!global.gc) throw new Error('started without --expose-gc');
  // What finalizers let go of with the first is collected with the second.
  global.gc();
  global.gc();
  const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
  const spaces = Object.fromEntries(
    getHeapSpaceStatistics().map(({ space_name, space_used_size }) => [space_name, space_used_size]),
  );
  const account: MemoryAccount = { resident: rss, heapUsed, heapTotal, external, spaces };
  // Nothing is answered while the snapshot is written; the parent goes on when it has the account.
  if (snapshot !== undefined) writeHeapSnapshot(snapshot);
  process.send?.(account);
});
// Waiting for the parent is nothing to stay alive for.
process.channel?.unref();
