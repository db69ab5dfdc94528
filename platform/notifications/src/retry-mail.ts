import { type Ctx, type Deps, requireRole, statement } from '@stoa/kernel';
import { errors } from './errors.ts';
import type { MailJob } from './record-messages.ts';

const requeue = statement<[id: string], { id: string }>(
  'notifications.requeue_mail',
  `with message as (
     update messages set state = 'queued', attempts = 0, reason = null
     where id = $1 and channel = 'email' and state = 'failed' returning id
   ), noted as (
     insert into message_events (message_id, what) select id, 'retried' from message
   )
   select id from message`,
);
const mailExists = statement<[id: string], { id: string }>(
  'notifications.mail_exists',
  `select id from messages where id = $1 and channel = 'email'`,
);

/** Sends a failed mail again, from the first try. For support. @throws mail_not_found, mail_not_failed */
export function retryMail(deps: Pick<Deps, 'db' | 'jobs'>, sendMail: MailJob) {
  return async ({ id }: { id: string }, ctx: Ctx): Promise<{ id: string; state: 'queued' }> => {
    requireRole(ctx, 'support');
    await deps.db.transaction(async (tx) => {
      const row = await tx.row(requeue, [id]);
      if (row) {
        await deps.jobs.send(sendMail, { messageId: id }, ctx, { tx });
        return;
      }
      throw (await tx.row(mailExists, [id])) ? errors.mail_not_failed() : errors.mail_not_found();
    });
    return { id, state: 'queued' };
  };
}
