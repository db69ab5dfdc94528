import { type Ctx, type Deps, type JobType, statement, type Transaction } from '@stoa/kernel';
import type { Channel, Template } from './templates/template.ts';

/** The job that writes and sends one mail. */
export type MailJob = JobType<{ messageId: string }>;

const blockedChannels = statement<[userId: string, kind: string], { deleted: boolean; off: Channel[] }>(
  'notifications.blocked_channels',
  `select exists (select 1 from recipients where user_id = $1 and deleted_at is not null) as deleted,
          array(select channel from preferences where user_id = $1 and kind = $2 and not enabled) as off`,
);
const insertMail = statement<
  [id: string, eventId: string, userId: string, kind: string, params: string, state: string, reason: string | null],
  { id: string }
>(
  'notifications.insert_mail',
  `with message as (
     insert into messages (id, event_id, channel, user_id, kind, params, state, reason)
     values ($1, $2, 'email', $3, $4, $5, $6, $7)
     on conflict (event_id, channel) do nothing returning id, state, reason
   ), noted as (
     insert into message_events (message_id, what, detail) select id, state, reason from message
   )
   select id from message`,
);
const insertNotice = statement<
  [id: string, eventId: string, userId: string, kind: string, params: string],
  { id: string }
>(
  'notifications.insert_notice',
  `with place as (
     insert into inboxes (user_id, last_seq) values ($3, 1)
     on conflict (user_id) do update set last_seq = inboxes.last_seq + 1
     returning last_seq
   ), message as (
     insert into messages (id, event_id, channel, user_id, kind, params, state, seq, sent_at)
     select $1, $2, 'inapp', $3, $4, $5, 'sent', last_seq, now() from place
     on conflict (event_id, channel) do nothing returning id
   ), noted as (
     insert into message_events (message_id, what) select id, 'delivered' from message
   )
   select id from message`,
);
const insertSuppressedNotice = statement<
  [id: string, eventId: string, userId: string, kind: string, params: string, reason: string],
  { id: string }
>(
  'notifications.insert_suppressed_notice',
  `with message as (
     insert into messages (id, event_id, channel, user_id, kind, params, state, reason)
     values ($1, $2, 'inapp', $3, $4, $5, 'suppressed', $6)
     on conflict (event_id, channel) do nothing returning id
   ), noted as (
     insert into message_events (message_id, what, detail) select id, 'suppressed', $6 from message
   )
   select id from message`,
);
const wakeSockets = statement<[userId: string]>('notifications.wake_sockets', `select pg_notify('stoa_inbox', $1)`);

type News = { eventId: string; userId: string; template: Template; params: object };

/**
 * Turns one event into its messages, in the transaction that handles the event: a line under the bell at once, a mail
 * as a job. The row of an event and channel exists once, so a repeated event changes nothing. What the person does not
 * want is kept as suppressed, so that the console can say why nothing was sent.
 */
export function recordMessages(deps: Pick<Deps, 'ids' | 'jobs'>, sendMail: MailJob) {
  return async (tx: Transaction, ctx: Ctx, { eventId, userId, template, params }: News): Promise<void> => {
    const blocked = await tx.row(blockedChannels, [userId, template.kind]);
    // Nobody is there any more; their id alone would be personal data kept for nothing.
    if (blocked?.deleted) return;
    const json = JSON.stringify(params);
    for (const channel of template.channels) {
      const off = !template.security && (blocked?.off.includes(channel) ?? false);
      const id = deps.ids.id();
      if (channel === 'email') {
        const state = off ? 'suppressed' : 'queued';
        const reason = off ? 'switched off by the person' : null;
        const row = await tx.row(insertMail, [id, eventId, userId, template.kind, json, state, reason]);
        if (row && !off) await deps.jobs.send(sendMail, { messageId: id }, ctx, { tx });
        continue;
      }
      if (off) {
        await tx.row(insertSuppressedNotice, [id, eventId, userId, template.kind, json, 'switched off by the person']);
        continue;
      }
      const row = await tx.row(insertNotice, [id, eventId, userId, template.kind, json]);
      if (row) await tx.run(wakeSockets, [userId]);
    }
  };
}
