import { type Deps, type Queries, statement } from '@stoa/kernel';
import type { MailEvent } from './channels/sendgrid-events.ts';
import type { SmsReport } from './channels/twilio-signature.ts';
import { suppressAddress } from './suppressions.ts';

const enterEvent = statement<[provider: string, eventId: string], { event_id: string }>(
  'notifications.enter_provider_event',
  'insert into provider_events (provider, event_id) values ($1, $2) on conflict do nothing returning event_id',
);
type Reach = [id: string, state: string, from: string[], what: string, detail: string, at: string];
const reachState = statement<Reach>(
  'notifications.reach_state',
  // Reports come late, twice and out of order: a message only moves forward, everything is in its timeline.
  `with message as (
     update messages set state = case when state = any($3) then $2 else state end,
       reason = case when state = any($3) and $2 in ('bounced', 'failed') then $5 else reason end
     where id = $1 returning id
   )
   insert into message_events (message_id, what, detail, at) select id, $4, nullif($5, ''), $6 from message`,
);
const findSms = statement<[id: string | null, sid: string], { id: string }>(
  'notifications.find_sms',
  `select id from messages
   where channel = 'sms' and ((provider = 'twilio' and provider_id = $2) or (id = $1 and provider_id is null))`,
);
const mailExists = statement<[id: string, address: string], { id: string }>(
  'notifications.mail_to',
  `select m.id from messages m join mailbox b on b.message_id = m.id
   where m.id = $1 and m.channel = 'email' and lower(b.to_address) = $2`,
);

type ReportDeps = Pick<Deps, 'db' | 'ids' | 'clock'>;

/** Takes in what a provider says of mails: into their timelines, and bad addresses onto the suppression list. */
export function takeMailEvents(deps: ReportDeps, provider: string) {
  return async (events: readonly MailEvent[]): Promise<void> => {
    for (const event of events) {
      await deps.db.transaction(async (tx) => {
        if (!(await tx.row(enterEvent, [provider, event.eventId]))) return;
        await takeMailEvent(deps, tx, event);
      });
    }
  };
}

async function takeMailEvent(deps: ReportDeps, tx: Queries, event: MailEvent): Promise<void> {
  const { what, detail, address, at } = event;
  const known = event.messageId ? await tx.row(mailExists, [event.messageId, address]) : undefined;
  const reach = async (state: string, from: string[], name: string) => {
    if (known) await tx.run(reachState, [known.id, state, from, name, detail, at]);
  };
  switch (what) {
    case 'delivered':
      return reach('delivered', ['queued', 'sent'], 'delivered');
    case 'deferred':
    case 'opened':
    case 'clicked':
      return reach('', [], what);
    case 'bounced':
      await reach('bounced', ['queued', 'sent', 'delivered'], 'bounced');
      if (event.permanent) await suppressAddress(tx, deps, { channel: 'email', address, reason: 'bounce', detail });
      return;
    case 'dropped':
      // The provider has a list of its own; what is on it belongs on ours is told by the bounce that put it there.
      return reach('failed', ['queued', 'sent'], 'refused');
    case 'complained':
      await reach('', [], 'complained');
      return suppressAddress(tx, deps, { channel: 'email', address, reason: 'complaint', detail });
    case 'unsubscribed':
      await reach('', [], 'unsubscribed');
      return suppressAddress(tx, deps, { channel: 'email', address, reason: 'unsubscribe', detail });
  }
}

/** Takes in what Twilio says of a text message. `messageId` is ours, from the callback's address. */
export function takeSmsReport(deps: ReportDeps) {
  return async ({ sid, what, detail }: SmsReport, messageId: string | null): Promise<void> => {
    // That it left for the carrier is no news: a message is sent when the provider took it, and is so once.
    if (what === 'sent') return;
    const message = await deps.db.row(findSms, [messageId, sid]);
    if (!message) return;
    const at = deps.clock.now().toISOString();
    await deps.db.transaction(async (tx) => {
      if (!(await tx.row(enterEvent, ['twilio', `${sid} ${detail}`]))) return;
      const [state, name] = what === 'delivered' ? ['delivered', 'delivered'] : ['failed', 'bounced'];
      await tx.run(reachState, [message.id, state, ['queued', 'sent'], name, detail, at]);
    });
  };
}
