import { type Ctx, type Deps, derivedId, parseLocale, type Queries, statement, type Transaction } from '@stoa/kernel';
import { isErased } from './erased-people.ts';
import type { SendJobs } from './record-messages.ts';
import { templateOf } from './templates/all.ts';

const switchedOff = `exists (
  select 1 from preferences p where p.user_id = m.user_id and p.kind = m.kind and p.channel = m.channel and not p.enabled)`;

const releaseDue = statement<[now: string], { id: string; channel: 'email' | 'sms' | 'push'; state: string }>(
  'notifications.release_due',
  // Whoever switched it off while it waited does not get it.
  `with due as (
     select id from messages where state = 'held' and due_at <= $1 and reason <> 'digest'
     order by due_at limit 200 for update skip locked
   ), released as (
     update messages m set state = case when ${switchedOff} then 'suppressed' else 'queued' end,
       reason = case when ${switchedOff} then 'switched off by the person' end
     from due where m.id = due.id returning m.id, m.channel, m.state, m.reason
   ), noted as (
     insert into message_events (message_id, what, detail, at)
     select id, case state when 'queued' then 'released' else 'suppressed' end, reason, $1 from released
   )
   select id, channel, state from released`,
);
const nextDigestReader = statement<[now: string], { user_id: string }>(
  'notifications.next_digest_reader',
  `select user_id from messages where state = 'held' and due_at <= $1 and reason = 'digest'
   order by due_at limit 1 for update skip locked`,
);
type Item = { id: string; kind: string; params: unknown; off: boolean };
const digestItems = statement<[userId: string, now: string], Item>(
  'notifications.digest_items',
  `select m.id, m.kind, m.params, ${switchedOff} as off from messages m
   where m.user_id = $1 and m.state = 'held' and m.due_at <= $2 and m.reason = 'digest'
   order by m.created_at, m.id for update`,
);
const digestReader = statement<
  [userId: string],
  { locale: string; time_zone: string; digest: 'none' | 'daily' | 'weekly' | null }
>(
  'notifications.digest_reader',
  `select r.locale, r.time_zone, c.digest from recipients r left join delivery_choices c on c.user_id = r.user_id
   where r.user_id = $1`,
);
const insertDigest = statement<
  [id: string, about: string, userId: string, params: string, now: string],
  { id: string }
>(
  'notifications.insert_digest',
  `with message as (
     insert into messages (id, event_id, channel, user_id, kind, params, state, created_at)
     values ($1, $2, 'email', $3, 'digest', $4, 'queued', $5) on conflict (event_id, channel) do nothing returning id
   ), noted as (
     insert into message_events (message_id, what, at) select id, 'queued', $5 from message
   )
   select id from message`,
);
const endItems = statement<[ids: string[], state: string, reason: string | null, digestId: string | null, now: string]>(
  'notifications.end_digest_items',
  `with ended as (
     update messages set state = $2, reason = $3, digest_id = $4 where id = any($1) returning id
   )
   insert into message_events (message_id, what, detail, at) select id, $2, $3, $5 from ended`,
);

type ReleaseDeps = Pick<Deps, 'db' | 'jobs' | 'ids' | 'clock'>;
/** News told one by one in a digest; the rest is counted. */
const mostItems = 20;

/**
 * Sends what has waited long enough: for the end of quiet hours, for room under a limit, for the next digest. Several
 * processes may do it at once; each message is released by one.
 * @returns how many messages went on their way
 */
export function releaseHeld(deps: ReleaseDeps, sendJobs: SendJobs) {
  return async (ctx: Ctx): Promise<number> => {
    let count = 0;
    for (;;) {
      const released = await deps.db.transaction(async (tx) => {
        const rows = await tx.rows(releaseDue, [deps.clock.now().toISOString()]);
        for (const { id, channel, state } of rows) {
          if (state === 'queued') await deps.jobs.send(sendJobs[channel], { messageId: id }, ctx, { tx });
        }
        return rows.length;
      });
      count += released;
      if (released < 200) break;
    }
    while (await deps.db.transaction((tx) => sendNextDigest(deps, { sendJobs, tx, ctx }))) count += 1;
    return count;
  };
}

type Digesting = { sendJobs: SendJobs; tx: Transaction; ctx: Ctx };

async function sendNextDigest(deps: ReleaseDeps, { sendJobs, tx, ctx }: Digesting): Promise<boolean> {
  const now = deps.clock.now().toISOString();
  const next = await tx.row(nextDigestReader, [now]);
  if (!next) return false;
  const { user_id: userId } = next;
  const isGone = await isErased(tx, userId);
  const items = await tx.rows(digestItems, [userId, now]);
  const off = items.filter((item) => isGone || item.off);
  await tx.run(endItems, [off.map(({ id }) => id), 'suppressed', 'switched off by the person', null, now]);
  const told = items.filter((item) => !off.includes(item));
  const [first] = told;
  if (first) {
    const params = await writeDigest(tx, userId, told);
    const id = deps.ids.id();
    const row = await tx.row(insertDigest, [
      id,
      derivedId('notifications', `digest ${first.id}`),
      userId,
      JSON.stringify(params),
      now,
    ]);
    await tx.run(endItems, [told.map((item) => item.id), 'digested', null, row?.id ?? null, now]);
    if (row) await deps.jobs.send(sendJobs.email, { messageId: row.id }, ctx, { tx });
  }
  return true;
}

async function writeDigest(tx: Queries, userId: string, items: readonly Item[]) {
  const reader = await tx.row(digestReader, [userId]);
  const locale = parseLocale(reader?.locale ?? 'en') ?? 'en';
  const timeZone = reader?.time_zone ?? 'UTC';
  return {
    period: reader?.digest === 'weekly' ? 'weekly' : 'daily',
    items: items.slice(0, mostItems).map(({ kind, params }) => {
      const notice = templateOf(kind).notice;
      if (!notice) throw new Error(`${kind} cannot be told in a digest`);
      return notice(locale, { params, reader: { name: '', timeZone } });
    }),
    more: Math.max(0, items.length - mostItems),
  };
}
