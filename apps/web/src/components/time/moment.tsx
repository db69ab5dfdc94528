import { cookies } from 'next/headers';
import { getFormatter } from 'next-intl/server';
import { cache } from 'react';
import { api } from '@/api/client.ts';
import { getSession } from '@/session/session.ts';
import { zoneCookie } from './zone-cookie.ts';

/**
 * The zone the signed-in person chose in their profile; for everybody else that of their device, once it has said so
 * (`DeviceZone`), and `UTC` before. Asked once per request.
 */
export const getTimeZone = cache(async (): Promise<string> => {
  if (!(await getSession())) return (await getDeviceZone()) ?? 'UTC';
  const { data } = await (await api()).GET('/api/users/me');
  return data?.timeZone ?? 'UTC';
});

/** The zone the browser said it is in; undefined before it has. */
export async function getDeviceZone(): Promise<string | undefined> {
  return knownZone((await cookies()).get(zoneCookie)?.value);
}

function knownZone(name: string | undefined): string | undefined {
  if (!name) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: decodeURIComponent(name) }).resolvedOptions().timeZone;
  } catch (error) {
    // A cookie is anybody's to write: what is no zone counts as none.
    if (error instanceof RangeError || error instanceof URIError) return undefined;
    throw error;
  }
}

type MomentProps = {
  /** RFC 3339. */
  at: string;
  /** Seconds matter in logs; a day is enough for when somebody joined. */
  precision?: 'day' | 'minute' | 'second';
  className?: string;
};

/** An instant in the reader's language and time zone, for sentences; where it stands alone use `Moment`. */
export async function momentText(at: string, precision: MomentProps['precision'] = 'minute'): Promise<string> {
  const [format, timeZone] = await Promise.all([getFormatter(), getTimeZone()]);
  return format.dateTime(new Date(at), {
    dateStyle: 'medium',
    timeZone,
    ...(precision === 'day' ? {} : { timeStyle: precision === 'second' ? ('medium' as const) : ('short' as const) }),
  });
}

/** An instant in the reader's language and time zone, with the exact one for machines. */
export async function Moment({ at, precision, className }: MomentProps) {
  return (
    <time dateTime={at} className={className}>
      {await momentText(at, precision)}
    </time>
  );
}
