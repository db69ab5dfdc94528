import { type Ctx, type Deps, requireUser, statement } from '@stoa/kernel';
import type { z } from 'zod';
import { errors } from './errors.ts';
import { unreadOf } from './list-notifications.ts';
import { type Notification, type NotificationRow, showNotification } from './show-notification.ts';

const setRead = statement<[id: string, userId: string, read: boolean], NotificationRow>(
  'notifications.set_read',
  `with changed as (
     update messages set read_at = case when $3 then coalesce(read_at, now()) end
     where id = $1 and user_id = $2 and seq is not null
     returning id, kind, params, seq, created_at, read_at
   ), woken as (
     select pg_notify('stoa_inbox', $2::text) from changed
   )
   select changed.* from changed, woken`,
);
const setAllRead = statement<[userId: string, upTo: string | null]>(
  'notifications.set_all_read',
  `with changed as (
     update messages set read_at = now()
     where user_id = $1 and seq is not null and read_at is null
       and ($2::uuid is null or seq <= (select seq from messages where id = $2 and user_id = $1))
     returning 1
   )
   select pg_notify('stoa_inbox', $1::text) from (select 1 from changed limit 1) touched`,
);

/** Marks one of the caller's notifications read or unread. @throws not_signed_in, notification_not_found */
export function markRead(deps: Pick<Deps, 'db'>) {
  return async ({ id, read }: { id: string; read: boolean }, ctx: Ctx): Promise<z.output<typeof Notification>> => {
    const { userId } = requireUser(ctx);
    const row = await deps.db.row(setRead, [id, userId, read]);
    if (!row) throw errors.notification_not_found();
    return showNotification(row, ctx.locale);
  };
}

/**
 * Marks all of the caller's notifications read; with `upTo` only that one and older ones, so that what arrived after
 * the person looked stays unread.
 * @throws not_signed_in
 */
export function markAllRead(deps: Pick<Deps, 'db'>) {
  return async ({ upTo }: { upTo?: string | undefined }, ctx: Ctx): Promise<{ unread: number }> => {
    const { userId } = requireUser(ctx);
    await deps.db.run(setAllRead, [userId, upTo ?? null]);
    return { unread: await unreadOf(deps.db, userId) };
  };
}
