import type { IdentityService } from '@stoa/contracts';
import { type Client, type Ctx, type Deps, statement } from '@stoa/kernel';
import { keepRecipient } from './follow-people.ts';
import type { Message } from './send-message.ts';
import type { Recipient } from './write-mail.ts';

type KnownRecipient = Omit<Recipient, 'email'> & { email: string | null };
const findKnown = statement<[userId: string], KnownRecipient>(
  'notifications.find_recipient',
  'select email, name, locale, time_zone from recipients where user_id = $1',
);

type Options = Pick<Deps, 'db'> & { calls: { identity: Client<typeof IdentityService> } };

/**
 * Whom a message goes to: the person as last heard of, asked for at identity when their event is still on its way, or
 * the address it names. Undefined if the person is gone.
 */
export async function findRecipient(deps: Options, message: Message, ctx: Ctx): Promise<Recipient | undefined> {
  const { user_id: userId, to_address: address } = message;
  if (userId === null) {
    return address === null
      ? undefined
      : {
          email: address,
          name: message.to_name,
          locale: message.to_locale ?? 'en',
          time_zone: guestZone(message.to_locale),
        };
  }
  const known = await deps.db.row(findKnown, [userId]);
  if (known) return known.email ? { ...known, email: known.email } : undefined;
  const { users } = await deps.calls.identity.getUsers({ ids: [userId] }, ctx);
  const user = users.find((candidate) => candidate.id === userId);
  if (!user) return undefined;
  const { email, name, locale, timeZone } = user;
  await keepRecipient(deps.db, { userId, email, name, locale, timeZone });
  return { email, name, locale, time_zone: timeZone || 'UTC' };
}

/**
 * The zone of somebody without an account. A language names none, but what we call Portuguese is that of Brazil, where
 * most people keep the time of its capital; the other languages are spoken around the world.
 */
function guestZone(locale: string | null): string {
  return locale === 'pt-BR' ? 'America/Sao_Paulo' : 'UTC';
}
