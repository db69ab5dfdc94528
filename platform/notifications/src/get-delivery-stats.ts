import { type Ctx, type Deps, requireRole, statement } from '@stoa/kernel';
import { z } from 'zod';
import { type MailProvider, mailProviders } from './channels/open.ts';
import { messageStates } from './list-mailbox.ts';
import { channels } from './templates/template.ts';

export const DeliveryStats = z.strictObject({
  counts: z.array(
    z.strictObject({ kind: z.string(), channel: z.enum(channels), state: z.enum(messageStates), count: z.int() }),
  ),
  /** How long the oldest unsent mail has waited; 0 if none waits. */
  oldestQueuedSeconds: z.int(),
  transport: z.enum(mailProviders),
});

const countMessages = statement<[hours: number], z.output<typeof DeliveryStats>['counts'][number]>(
  'notifications.count_messages',
  `select kind, channel, state, count(*) from messages where created_at > now() - make_interval(hours => $1)
   group by kind, channel, state order by kind, channel, state`,
);
const oldestQueued = statement<[], { seconds: number }>(
  'notifications.oldest_queued',
  `select coalesce(floor(extract(epoch from now() - min(created_at))), 0)::bigint as seconds from messages where state = 'queued'`,
);

/** What became of the messages of the last hours. For support. `hours` is 1 to 720. */
export function getDeliveryStats(deps: Pick<Deps, 'db'> & { channels: { mailProvider: MailProvider } }) {
  return async ({ hours }: { hours: number }, ctx: Ctx): Promise<z.output<typeof DeliveryStats>> => {
    requireRole(ctx, 'support');
    const window = Math.min(Math.max(Math.trunc(hours), 1), 720);
    const counts = await deps.db.rows(countMessages, [window]);
    const oldest = await deps.db.row(oldestQueued, []);
    return { counts, oldestQueuedSeconds: oldest?.seconds ?? 0, transport: deps.channels.mailProvider };
  };
}
