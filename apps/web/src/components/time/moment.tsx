import { getFormatter } from 'next-intl/server';
import { cache } from 'react';
import { api } from '@/api/client.ts';
import { getSession } from '@/session/session.ts';

/** The zone the signed-in person chose in their profile, `UTC` for everybody else. Asked once per request. */
export const getTimeZone = cache(async (): Promise<string> => {
  if (!(await getSession())) return 'UTC';
  const { data } = await (await api()).GET('/api/users/me');
  return data?.timeZone ?? 'UTC';
});

type MomentProps = {
  /** RFC 3339. */
  at: string;
  /** Seconds matter in logs; a day is enough for when somebody joined. */
  precision?: 'day' | 'minute' | 'second';
  className?: string;
};

/** An instant in the reader's language and time zone, with the exact one for machines. */
export async function Moment({ at, precision = 'minute', className }: MomentProps) {
  const format = await getFormatter();
  const timeZone = await getTimeZone();
  const text = format.dateTime(new Date(at), {
    dateStyle: 'medium',
    timeZone,
    ...(precision === 'day' ? {} : { timeStyle: precision === 'second' ? ('medium' as const) : ('short' as const) }),
  });
  return (
    <time dateTime={at} className={className}>
      {text}
    </time>
  );
}
