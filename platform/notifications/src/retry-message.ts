import { type Ctx, type Deps, requireRole, statement } from '@stoa/kernel';
import { errors } from './errors.ts';
import type { SendJobs } from './record-messages.ts';

const requeue = statement<
  [id: string, mailOnly: boolean, now: string],
  { id: string; channel: 'email' | 'sms' | 'push' }
>(
  'notifications.requeue_message',
  `with message as (
     update messages set state = 'queued', attempts = 0, reason = null
     where id = $1 and state = 'failed' and channel <> 'inapp' and (channel = 'email' or not $2) returning id, channel
   ), noted as (
     insert into message_events (message_id, what, at) select id, 'retried', $3 from message
   )
   select id, channel from message`,
);
const messageExists = statement<[id: string, mailOnly: boolean], { id: string }>(
  'notifications.message_exists',
  `select id from messages where id = $1 and (channel = 'email' or not $2)`,
);

type RetryDeps = Pick<Deps, 'db' | 'jobs' | 'clock'>;

/**
 * Sends a failed message again, from the first try. For support.
 * @throws mail_not_found or message_not_found, mail_not_failed
 */
export function retryMessage(deps: RetryDeps, sendJobs: SendJobs, { mailOnly = false } = {}) {
  return async ({ id }: { id: string }, ctx: Ctx): Promise<{ id: string; state: 'queued' }> => {
    requireRole(ctx, 'support');
    await deps.db.transaction(async (tx) => {
      const row = await tx.row(requeue, [id, mailOnly, deps.clock.now().toISOString()]);
      if (row) {
        await deps.jobs.send(sendJobs[row.channel], { messageId: id }, ctx, { tx });
        return;
      }
      if (await tx.row(messageExists, [id, mailOnly])) throw errors.mail_not_failed();
      throw mailOnly ? errors.mail_not_found() : errors.message_not_found();
    });
    return { id, state: 'queued' };
  };
}
