import type { paths } from '@/api/schema.d.ts';

export type Activity =
  paths['/api/admin/activity']['get']['responses'][200]['content']['application/json']['items'][number];

/** How far a context is behind one it listens to, in events. `null` when the other one does not answer. */
export type Lag = { context: string; source: string; position: number; behind: number | null };

/** Every subscription with its distance to the end of the outbox it reads; the furthest first. */
export function lagsOf(items: readonly Activity[]): Lag[] {
  const heads = new Map(items.filter((item) => item.reachable).map((item) => [item.context, item.outboxPosition]));
  return items
    .flatMap(({ context, subscriptions }) =>
      subscriptions.map(({ source, position }) => {
        const head = heads.get(source);
        return { context, source, position, behind: head === undefined ? null : Math.max(0, head - position) };
      }),
    )
    .sort((a, b) => (b.behind ?? Number.POSITIVE_INFINITY) - (a.behind ?? Number.POSITIVE_INFINITY));
}

/** Sum of one number over all queues of some contexts. */
export function jobsOf(items: readonly Activity[], count: 'waiting' | 'active' | 'failed'): number {
  return items.flatMap((item) => item.queues).reduce((sum, queue) => sum + queue[count], 0);
}
