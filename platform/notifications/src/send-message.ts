import { type Ctx, type Deps, statement } from '@stoa/kernel';
import type { SendJob } from './record-messages.ts';
import type { NotificationSettings } from './settings.ts';
import type { Channel } from './templates/template.ts';

/** A message to be written and sent. One of `user_id` and `to_address` says to whom. */
export type Message = {
  id: string;
  user_id: string | null;
  to_address: string | null;
  to_name: string;
  to_locale: string | null;
  kind: string;
  params: unknown;
  attempts: number;
};

/** What became of an attempt. `later` is tried again; `afterSeconds` is what the provider asked for. */
export type Ending =
  | { end: 'sent'; provider: string; providerId: string | null; detail: string }
  | { end: 'suppressed'; reason: string }
  | { end: 'refused'; detail: string }
  | { end: 'later'; afterSeconds: number | null; detail: string };

const beginAttempt = statement<[id: string, channel: string, now: string], Message>(
  'notifications.begin_attempt',
  `with message as (
     update messages set attempts = attempts + 1 where id = $1 and channel = $2 and state in ('queued', 'failed')
     returning id, user_id, to_address, to_name, to_locale, kind, params, attempts
   ), noted as (
     insert into message_events (message_id, what, detail, at) select id, 'attempted', attempts::text, $3 from message
   )
   select * from message`,
);
const endMessage = statement<
  [
    id: string,
    state: string,
    what: string,
    detail: string,
    reason: string | null,
    now: string,
    provider: string | null,
    providerId: string | null,
  ]
>(
  'notifications.end_message',
  // A provider may report the delivery before its answer has come: that state is further on and stays.
  `with message as (
     update messages set provider = coalesce($7, provider), provider_id = coalesce($8, provider_id),
       state = case when state in ('queued', 'failed') then $2 else state end,
       reason = case when state in ('queued', 'failed') then $5 else reason end,
       sent_at = case when $2 = 'sent' then coalesce(sent_at, $6::timestamptz) end
     where id = $1 and state in ('queued', 'failed', 'delivered', 'bounced') returning id
   )
   insert into message_events (message_id, what, detail, at) select id, $3, $4, $6 from message`,
);
const noteFailure = statement<[id: string, error: string, final: boolean, now: string]>(
  'notifications.note_failure',
  `with message as (
     update messages set reason = $2, state = case when $3 then 'failed' else state end
     where id = $1 and state in ('queued', 'failed') returning id
   )
   insert into message_events (message_id, what, detail, at) select id, 'failed', $2, $4 from message`,
);

type SendDeps = Pick<Deps, 'db' | 'log' | 'jobs' | 'clock'> & { settings: NotificationSettings };
type Options = {
  channel: Channel;
  job: SendJob;
  /** Writes the message and hands it over. What it throws is tried again. */
  deliver: (message: Message, ctx: Ctx) => Promise<Ending>;
  /** Called once the end of an attempt is durable. */
  recorded?: () => void;
};

/**
 * Runs one attempt of a message and records how it ended. Runs until it succeeds: a message that is already sent,
 * held or suppressed is left alone. After the last retry it is failed and parked, where an operator can replay it.
 */
export function sendMessage({ db, log, jobs, clock, settings }: SendDeps, options: Options) {
  const { channel, job, deliver, recorded } = options;
  const now = () => clock.now().toISOString();

  return async ({ messageId }: { messageId: string }, ctx: Ctx): Promise<void> => {
    const message = await db.row(beginAttempt, [messageId, channel, now()]);
    if (!message) return;
    const last = message.attempts > settings.retries;
    let ending: Ending;
    try {
      ending = await deliver(message, ctx);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      await db.run(noteFailure, [message.id, text.slice(0, 500), last, now()]);
      throw error;
    }
    const { id } = message;
    switch (ending.end) {
      case 'sent':
        await db.run(endMessage, [id, 'sent', 'sent', ending.detail, null, now(), ending.provider, ending.providerId]);
        recorded?.();
        return;
      case 'suppressed':
        await db.run(endMessage, [id, 'suppressed', 'suppressed', ending.reason, ending.reason, now(), null, null]);
        return;
      case 'refused':
        await db.run(endMessage, [id, 'failed', 'refused', ending.detail, ending.detail, now(), null, null]);
        log.warn({ messageId, kind: message.kind, channel }, 'a message was refused for good');
        return;
      case 'later':
        await db.run(noteFailure, [id, ending.detail, last, now()]);
        if (ending.afterSeconds === null || last) throw new Error(ending.detail);
        await jobs.send(job, { messageId }, ctx, {
          after: new Date(clock.now().getTime() + ending.afterSeconds * 1000),
        });
    }
  };
}
