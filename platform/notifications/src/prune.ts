import { type Deps, statement } from '@stoa/kernel';
import { hideLink, writeMail } from './write-mail.ts';

const pruneMailbox = statement<[days: number]>(
  'notifications.prune_mailbox',
  'delete from mailbox where written_at < now() - make_interval(days => $1)',
);
const pruneMessages = statement<[]>(
  'notifications.prune_messages',
  `delete from messages where created_at < now() - interval '400 days' and state not in ('queued', 'held')`,
);
const pruneTickets = statement<[]>(
  'notifications.prune_tickets',
  'delete from realtime_tickets where expires_at < now()',
);
const pruneProviderEvents = statement<[]>(
  'notifications.prune_provider_events',
  `delete from provider_events where at < now() - interval '30 days'`,
);
const prunePhones = statement<[]>(
  'notifications.prune_phones',
  // A number that nobody confirmed may be anybody's.
  `delete from phones where verified_at is null and asked_at < now() - interval '2 days'`,
);
const pruneWebhooks = statement<[]>(
  'notifications.prune_webhook_deliveries',
  `delete from webhook_deliveries where created_at < now() - interval '30 days'`,
);
type Expired = {
  id: string;
  kind: string;
  params: unknown;
  to_name: string;
  locale: string;
  time_zone: string | null;
  link_minutes: number;
};
const listExpiredLinks = statement<[], Expired>(
  'notifications.list_expired_links',
  `select m.id, m.kind, m.params, b.to_name, b.locale, r.time_zone, b.link_minutes
   from mailbox b join messages m on m.id = b.message_id left join recipients r on r.user_id = m.user_id
   where b.link_expires_at < now() and b.link_minutes is not null order by b.link_expires_at limit 500`,
);
const forgetLink = statement<[id: string, html: string, text: string]>(
  'notifications.forget_link',
  'update mailbox set html = $2, text = $3, link_expires_at = null where message_id = $1 and link_expires_at < now()',
);

/**
 * Removes what is kept no longer: links that are over (from the kept mails' text), mails after `mailboxDays`, messages
 * after 400 days, tickets nobody used, reports of providers, numbers nobody confirmed.
 */
export async function prune(deps: Pick<Deps, 'db' | 'publicUrl'>, mailboxDays: number): Promise<void> {
  for (;;) {
    const expired = await deps.db.rows(listExpiredLinks, []);
    for (const row of expired) {
      const mail = writeMail({
        kind: row.kind,
        params: row.params,
        recipient: { name: row.to_name, locale: row.locale, time_zone: row.time_zone ?? 'UTC' },
        link: hideLink(row.link_minutes),
        publicUrl: deps.publicUrl,
      });
      await deps.db.run(forgetLink, [row.id, mail.html, mail.text]);
    }
    if (expired.length < 500) break;
  }
  await deps.db.run(pruneMailbox, [mailboxDays]);
  await deps.db.run(pruneMessages, []);
  await deps.db.run(pruneTickets, []);
  await deps.db.run(pruneProviderEvents, []);
  await deps.db.run(prunePhones, []);
  await deps.db.run(pruneWebhooks, []);
}
