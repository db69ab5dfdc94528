import { endOfQuiet, nextDigest, type QuietHours } from './person-time.ts';
import type { Channel, Urgency } from './templates/template.ts';

/** What is known of a person when something is to be told. */
export type Standing = {
  timeZone: string;
  quiet: QuietHours | undefined;
  digest: 'none' | 'daily' | 'weekly';
};

export type Question = {
  channel: Channel;
  urgency: Urgency;
  /** The person's choice for this kind and channel. */
  wanted: boolean;
  /** When the person may be sent one more in this channel, if they have had the most already. */
  fullUntil: Date | undefined;
  now: Date;
  person: Standing;
};

export type Plan =
  | { action: 'send' }
  | { action: 'hold'; until: Date; why: 'quiet hours' | 'digest' | 'too many messages' }
  | { action: 'suppress'; why: 'switched off by the person' | 'too many messages' };

/**
 * Decides what becomes of a message: the one place where preferences, quiet hours, digests and limits meet.
 * What protects the account goes out at once, whatever else is said. The bell makes no noise, so it keeps no quiet hours.
 * A mail that answers what the person has just done does not wait for the morning; they are awake. A mail over the limit
 * waits, since it may be a receipt; a push or text message over the limit is dropped, since the bell has it too.
 */
export function planDelivery({ channel, urgency, wanted, fullUntil, now, person }: Question): Plan {
  if (urgency === 'security') return { action: 'send' };
  if (!wanted) return { action: 'suppress', why: 'switched off by the person' };
  if (channel === 'inapp') return { action: 'send' };
  if (fullUntil && channel !== 'email') return { action: 'suppress', why: 'too many messages' };
  if (channel === 'email' && urgency === 'low' && person.digest !== 'none') {
    const morning = nextDigest(now, person.timeZone, person.digest);
    return { action: 'hold', until: endOfQuiet(morning, person.timeZone, person.quiet) ?? morning, why: 'digest' };
  }
  const awake = channel === 'email' && urgency === 'prompted';
  const start = fullUntil && fullUntil > now ? fullUntil : now;
  const quietEnd = awake ? undefined : endOfQuiet(start, person.timeZone, person.quiet);
  if (quietEnd) return { action: 'hold', until: quietEnd, why: 'quiet hours' };
  if (start > now) return { action: 'hold', until: start, why: 'too many messages' };
  return { action: 'send' };
}
