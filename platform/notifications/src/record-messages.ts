import { type Ctx, type Deps, derivedId, type JobType, statement, type Transaction } from '@stoa/kernel';
import { type Plan, planDelivery } from './plan-delivery.ts';
import type { Limits } from './settings.ts';
import { type Channel, onByDefault, type Template } from './templates/template.ts';

/** The job that writes and sends one message. Each channel has its own queue: a slow provider holds up nobody else. */
export type SendJob = JobType<{ messageId: string }>;
export type SendJobs = Record<Exclude<Channel, 'inapp'>, SendJob>;

type PersonRow = {
  deleted: boolean;
  time_zone: string | null;
  quiet_from: number | null;
  quiet_to: number | null;
  digest: 'none' | 'daily' | 'weekly' | null;
  choices: { channel: string; enabled: boolean }[];
  has_phone: boolean;
  has_device: boolean;
};
const standingOf = statement<[userId: string, kind: string], PersonRow>(
  'notifications.standing_of',
  `select is_erased($1) as deleted, r.time_zone, c.quiet_from, c.quiet_to, c.digest,
          coalesce((select jsonb_agg(jsonb_build_object('channel', p.channel, 'enabled', p.enabled))
                    from preferences p where p.user_id = $1 and p.kind = $2), '[]') as choices,
          exists (select 1 from phones where user_id = $1 and verified_at is not null) as has_phone,
          exists (select 1 from devices where user_id = $1) as has_device
   from (select $1::uuid as user_id) me
   left join recipients r on r.user_id = me.user_id left join delivery_choices c on c.user_id = me.user_id`,
);
const nthLatest = statement<[userId: string, channel: string, n: number], { at: string }>(
  'notifications.nth_latest',
  `select coalesce(due_at, created_at) as at from messages
   where user_id = $1 and channel = $2 and state <> 'suppressed' and kind <> all ('{verify-email,reset-password,change-email,email-changed,phone-code}')
   order by coalesce(due_at, created_at) desc offset $3 - 1 limit 1`,
);
type Insert = [
  id: string,
  eventId: string,
  channel: string,
  userId: string | null,
  kind: string,
  params: string,
  state: string,
  reason: string | null,
  dueAt: string | null,
  now: string,
  toAddress: string | null,
  toName: string,
  toLocale: string | null,
  causedBy: string | null,
];
const insertMessage = statement<Insert, { id: string }>(
  'notifications.insert_message',
  `with message as (
     insert into messages (id, event_id, channel, user_id, kind, params, state, reason, due_at, created_at, to_address, to_name, to_locale, caused_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     on conflict (event_id, channel) do nothing returning id, state, reason
   ), noted as (
     insert into message_events (message_id, what, detail, at) select id, state, reason, $10 from message
   )
   select id from message`,
);
const insertNotice = statement<
  [id: string, eventId: string, userId: string, kind: string, params: string, now: string, causedBy: string | null],
  { id: string }
>(
  'notifications.insert_notice',
  `with place as (
     insert into inboxes (user_id, last_seq) values ($3, 1)
     on conflict (user_id) do update set last_seq = inboxes.last_seq + 1
     returning last_seq
   ), message as (
     insert into messages (id, event_id, channel, user_id, kind, params, state, seq, created_at, sent_at, caused_by)
     select $1, $2, 'inapp', $3, $4, $5, 'sent', last_seq, $6, $6, $7 from place
     on conflict (event_id, channel) do nothing returning id
   ), noted as (
     insert into message_events (message_id, what, at) select id, 'delivered', $6 from message
   )
   select id from message`,
);
const wakeSockets = statement<[userId: string]>('notifications.wake_sockets', `select pg_notify('stoa_inbox', $1)`);

/** Somebody with an account, or an address alone. */
export type Addressee = { userId: string } | { address: string; name: string; locale: string };

export type News = {
  eventId: string;
  to: Addressee;
  template: Template;
  params: object;
  /**
   * What it is about, when that is not the event: the same key makes one message per channel, however many events come.
   */
  dedupKey?: string;
};

type RecordDeps = Pick<Deps, 'ids' | 'jobs' | 'clock'> & { limits: Limits; smsOffered: boolean };
export type RecordMessages = (tx: Transaction, ctx: Ctx, news: News) => Promise<void>;

/**
 * Turns one event into its messages, in the transaction that handles the event: a line under the bell at once, everything
 * else as a row with a job, or a row that waits for its time. The row of an event (or key) and channel exists once, so a
 * repeated event changes nothing. What the person does not want is kept as suppressed, so that the console can say why
 * nothing was sent.
 */
export function recordMessages(deps: RecordDeps, sendJobs: SendJobs): RecordMessages {
  const limitOf = {
    email: [deps.limits.email, 3600],
    push: [deps.limits.push, 3600],
    sms: [deps.limits.sms, 86_400],
  } as const;

  /** When the person may be sent one more, if not now. */
  const fullUntil = async (tx: Transaction, userId: string, channel: 'email' | 'push' | 'sms', now: Date) => {
    const [limit, windowSeconds] = limitOf[channel];
    const nth = await tx.row(nthLatest, [userId, channel, limit]);
    if (!nth) return undefined;
    const free = new Date(Date.parse(nth.at) + windowSeconds * 1000);
    return free > now ? free : undefined;
  };

  return async (tx, ctx, { eventId, to, template, params, dedupKey }) => {
    const now = deps.clock.now();
    const about = dedupKey === undefined ? eventId : derivedId('notifications', dedupKey);
    // A code is asked for by a person, not caused by an event.
    const causedBy = template.coded ? null : eventId;
    const json = JSON.stringify(params);

    const insert = async (channel: Channel, plan: Plan) => {
      const state = plan.action === 'send' ? 'queued' : plan.action === 'hold' ? 'held' : 'suppressed';
      const row = await tx.row(insertMessage, [
        deps.ids.id(),
        about,
        channel,
        'userId' in to ? to.userId : null,
        template.kind,
        json,
        state,
        plan.action === 'send' ? null : plan.why,
        plan.action === 'hold' ? plan.until.toISOString() : null,
        now.toISOString(),
        'address' in to ? to.address.toLowerCase() : null,
        'address' in to ? to.name : '',
        'address' in to ? to.locale : null,
        causedBy,
      ]);
      if (!row || plan.action !== 'send' || channel === 'inapp') return;
      await deps.jobs.send(sendJobs[channel], { messageId: row.id }, ctx, { tx });
    };

    if ('address' in to) {
      // Nobody to ask what they want: only mail, and only what concerns something they did or were given.
      if (template.channels.includes('email')) await insert('email', { action: 'send' });
      return;
    }

    const { userId } = to;
    const row = await tx.row(standingOf, [userId, template.kind]);
    // Nobody is there any more; their id alone would be personal data kept for nothing.
    if (!row || row.deleted) return;
    const person = {
      timeZone: row.time_zone ?? 'UTC',
      quiet: row.quiet_from !== null && row.quiet_to !== null ? { from: row.quiet_from, to: row.quiet_to } : undefined,
      digest: row.digest ?? 'daily',
    };
    for (const channel of template.channels) {
      // No way there: a row for each would only fill the log. A phone code goes to a number that is still to be confirmed.
      if (channel === 'sms' && !(deps.smsOffered && (row.has_phone || template.coded))) continue;
      if (channel === 'push' && !row.has_device) continue;
      const wanted =
        row.choices.find((choice) => choice.channel === channel)?.enabled ?? onByDefault(template, channel);
      const full =
        channel === 'inapp' || template.security || !wanted ? undefined : await fullUntil(tx, userId, channel, now);
      const plan = planDelivery({ channel, urgency: template.urgency, wanted, fullUntil: full, now, person });
      if (channel !== 'inapp' || plan.action !== 'send') {
        await insert(channel, plan);
        continue;
      }
      const notice = await tx.row(insertNotice, [
        deps.ids.id(),
        about,
        userId,
        template.kind,
        json,
        now.toISOString(),
        causedBy,
      ]);
      if (notice) await tx.run(wakeSockets, [userId]);
    }
  };
}
