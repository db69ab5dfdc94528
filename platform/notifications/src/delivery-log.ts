import { type Ctx, type Deps, Page, requireRole, statement, Timestamp, toPage } from '@stoa/kernel';
import { z } from 'zod';
import { errors } from './errors.ts';
import { idCursor } from './id-cursor.ts';
import { messageStates } from './list-mailbox.ts';
import { channels } from './templates/template.ts';

/** A message in the log: what it was, to whom, and where it stands. */
export const LoggedMessage = z.strictObject({
  id: z.string(),
  kind: z.string(),
  channel: z.enum(channels),
  state: z.enum(messageStates),
  reason: z.string().nullable(),
  attempts: z.int(),
  userId: z.string().nullable(),
  /** Name and address as far as they are known; a person who has not been heard of yet has neither. */
  to: z.strictObject({ name: z.string(), address: z.string().nullable() }),
  provider: z.string().nullable(),
  createdAt: Timestamp,
  /** When a held message goes on. */
  dueAt: Timestamp.nullable(),
  sentAt: Timestamp.nullable(),
});
export const MessageLog = Page(LoggedMessage);
export const MessageWithTimeline = z.strictObject({
  ...LoggedMessage.shape,
  providerId: z.string().nullable(),
  digestId: z.string().nullable(),
  /** True if a written mail is kept, at `/api/admin/mailbox/{id}`. */
  hasMail: z.boolean(),
  timeline: z.array(z.strictObject({ what: z.string(), detail: z.string().nullable(), at: Timestamp })),
  devices: z.array(z.strictObject({ deviceId: z.string(), providerId: z.string().nullable() })),
});

type Row = {
  id: string;
  kind: string;
  channel: (typeof channels)[number];
  state: (typeof messageStates)[number];
  reason: string | null;
  attempts: number;
  user_id: string | null;
  name: string;
  address: string | null;
  provider: string | null;
  created_at: string;
  due_at: string | null;
  sent_at: string | null;
};
const columns = `m.id, m.kind, m.channel, m.state, m.reason, m.attempts, m.user_id, m.provider, m.created_at, m.sent_at,
  case when m.state = 'held' then m.due_at end as due_at, coalesce(nullif(m.to_name, ''), r.name, '') as name,
  case m.channel when 'email' then coalesce(b.to_address, m.to_address, r.email)
                 when 'sms' then p.number end as address`;
const joins = `left join recipients r on r.user_id = m.user_id left join mailbox b on b.message_id = m.id
  left join phones p on p.user_id = m.user_id`;

const listLog = statement<
  [
    pattern: string | null,
    channel: string | null,
    state: string | null,
    kind: string | null,
    userId: string | null,
    before: string | null,
    limit: number,
  ],
  Row
>(
  'notifications.list_log',
  `select ${columns} from messages m ${joins}
   where ($1::text is null or coalesce(b.to_address, m.to_address, r.email) ilike $1 or r.name ilike $1 or p.number like $1)
     and ($2::text is null or m.channel = $2) and ($3::text is null or m.state = $3)
     and ($4::text is null or m.kind = $4) and ($5::uuid is null or m.user_id = $5) and ($6::uuid is null or m.id < $6)
   order by m.id desc limit $7`,
);
const findLogged = statement<
  [id: string],
  Row & { provider_id: string | null; digest_id: string | null; has_mail: boolean }
>(
  'notifications.find_logged',
  `select ${columns}, m.provider_id, m.digest_id, b.message_id is not null as has_mail from messages m ${joins} where m.id = $1`,
);
const listTimeline = statement<[id: string], { what: string; detail: string | null; at: string }>(
  'notifications.list_timeline',
  'select what, detail, at from message_events where message_id = $1 order by id',
);
const listDeviceDeliveries = statement<[id: string], { device_id: string; provider_id: string | null }>(
  'notifications.list_device_deliveries',
  'select device_id, provider_id from device_deliveries where message_id = $1 order by device_id',
);

export const LogQuery = {
  q: z
    .string()
    .max(200)
    .optional()
    .meta({ examples: ['ana@example.com'] }),
  channel: z.enum(channels).optional(),
  state: z.enum(messageStates).optional(),
  kind: z
    .string()
    .max(60)
    .optional()
    .meta({ examples: ['purchase'] }),
  userId: z.uuid().optional(),
};
type Query = {
  q?: string | undefined;
  channel?: string | undefined;
  state?: string | undefined;
  kind?: string | undefined;
  userId?: string | undefined;
  limit: number;
  cursor?: string | undefined;
};

/** Messages of every channel, newest first, by name, address or number. For support. @throws validation_failed for a foreign cursor */
export function listMessageLog(deps: Pick<Deps, 'db'>) {
  return async (input: Query, ctx: Ctx): Promise<z.output<typeof MessageLog>> => {
    requireRole(ctx, 'support');
    const before = idCursor(input.cursor, ctx.locale);
    const text = input.q?.trim();
    const rows = await deps.db.rows(listLog, [
      text ? `%${text.replace(/[\\%_]/g, '\\$&')}%` : null,
      input.channel ?? null,
      input.state ?? null,
      input.kind ?? null,
      input.userId ?? null,
      before,
      input.limit + 1,
    ]);
    return toPage(rows, { limit: input.limit, key: (row) => [row.id], item: toLogged });
  };
}

/** One message with everything that happened to it. For support. @throws message_not_found */
export function readMessageLog(deps: Pick<Deps, 'db'>) {
  return async ({ id }: { id: string }, ctx: Ctx): Promise<z.output<typeof MessageWithTimeline>> => {
    requireRole(ctx, 'support');
    const row = await deps.db.row(findLogged, [id]);
    if (!row) throw errors.message_not_found();
    const [timeline, devices] = await Promise.all([
      deps.db.rows(listTimeline, [id]),
      deps.db.rows(listDeviceDeliveries, [id]),
    ]);
    return {
      ...toLogged(row),
      providerId: row.provider_id,
      digestId: row.digest_id,
      hasMail: row.has_mail,
      timeline,
      devices: devices.map(({ device_id: deviceId, provider_id: providerId }) => ({ deviceId, providerId })),
    };
  };
}

function toLogged(row: Row): z.output<typeof LoggedMessage> {
  return {
    id: row.id,
    kind: row.kind,
    channel: row.channel,
    state: row.state,
    reason: row.reason,
    attempts: row.attempts,
    userId: row.user_id,
    to: { name: row.name, address: row.address },
    provider: row.provider,
    createdAt: row.created_at,
    dueAt: row.due_at,
    sentAt: row.sent_at,
  };
}
