import { type Locale, Timestamp } from '@stoa/kernel';
import { z } from 'zod';
import { templateOf } from './templates/all.ts';

/** A line under the bell, in the reader's language. `path` is below the public address. */
export const Notification = z.strictObject({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  body: z.string(),
  path: z.string(),
  createdAt: Timestamp,
  readAt: Timestamp.nullable(),
});

export type NotificationRow = {
  id: string;
  kind: string;
  params: unknown;
  seq: number;
  created_at: string;
  read_at: string | null;
};

/** A stored message as its reader sees it. */
export function showNotification(row: NotificationRow, locale: Locale): z.output<typeof Notification> {
  const notice = templateOf(row.kind).notice;
  if (!notice) throw new Error(`${row.kind} is not shown under the bell`);
  // No in-app text depends on the name or the time zone; a page shows times itself.
  const { title, body, path } = notice(locale, { params: row.params, reader: { name: '', timeZone: 'UTC' } });
  return { id: row.id, kind: row.kind, title, body, path, createdAt: row.created_at, readAt: row.read_at };
}
