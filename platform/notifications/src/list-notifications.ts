import { type Ctx, type Deps, decodeCursor, requireUser, statement, toPage } from '@stoa/kernel';
import { z } from 'zod';
import { Notification, type NotificationRow, showNotification } from './show-notification.ts';

export const NotificationPage = z.strictObject({
  items: z.array(Notification),
  nextCursor: z.string().optional(),
  /** Unread ones in all. */
  unread: z.int(),
});

const listMine = statement<[userId: string, before: number | null, limit: number], NotificationRow>(
  'notifications.list_mine',
  `select id, kind, params, seq, created_at, read_at from messages
   where user_id = $1 and seq is not null and ($2::bigint is null or seq < $2) order by seq desc limit $3`,
);
const countUnread = statement<[userId: string], { unread: number }>(
  'notifications.count_unread',
  'select count(*) as unread from messages where user_id = $1 and seq is not null and read_at is null',
);

/** How many notifications a person has not read. */
export async function unreadOf(db: Pick<Deps['db'], 'row'>, userId: string): Promise<number> {
  return (await db.row(countUnread, [userId]))?.unread ?? 0;
}

/** The caller's notifications, newest first. @throws not_signed_in, validation_failed for a foreign cursor */
export function listNotifications(deps: Pick<Deps, 'db'>) {
  return async (
    input: { limit: number; cursor?: string | undefined },
    ctx: Ctx,
  ): Promise<z.output<typeof NotificationPage>> => {
    const { userId } = requireUser(ctx);
    const before = decodeCursor(input.cursor, 1)?.[0];
    const [rows, unread] = await Promise.all([
      deps.db.rows(listMine, [userId, before === undefined ? null : Number(before), input.limit + 1]),
      unreadOf(deps.db, userId),
    ]);
    const page = toPage(rows, {
      limit: input.limit,
      key: (row) => [row.seq],
      item: (row) => showNotification(row, ctx.locale),
    });
    return { ...page, unread };
  };
}
