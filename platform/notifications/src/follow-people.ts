import { UserDeleted, UserUpdated } from '@stoa/contracts';
import { on, parseLocale, type Queries, type Subscription, statement } from '@stoa/kernel';
import { noteErased } from './erased-people.ts';
import { forgetInWebhooks } from './webhooks/fan-out.ts';

type Person = { userId: string; email: string; name: string; locale: string; timeZone: string };

const saveRecipient = statement<[userId: string, email: string, name: string, locale: string, timeZone: string]>(
  'notifications.save_recipient',
  `insert into recipients (user_id, email, name, locale, time_zone) values ($1, $2, $3, $4, $5)
   on conflict (user_id) do update
   set email = excluded.email, name = excluded.name, locale = excluded.locale, time_zone = excluded.time_zone, updated_at = now()
   where recipients.deleted_at is null`,
);
const addRecipient = statement<[userId: string, email: string, name: string, locale: string, timeZone: string]>(
  'notifications.add_recipient',
  `insert into recipients (user_id, email, name, locale, time_zone) values ($1, $2, $3, $4, $5) on conflict do nothing`,
);
const forgetRecipient = statement<[userId: string]>(
  'notifications.forget_recipient',
  "update recipients set email = null, name = '', locale = 'en', time_zone = 'UTC', updated_at = now() where user_id = $1",
);
const forgetMessages = statement<[userId: string]>(
  'notifications.forget_messages',
  // Also what was sent to their address before they had an account, or by somebody who gave them something.
  `delete from messages where user_id = $1 or to_address = (select lower(email) from recipients where user_id = $1)`,
);
const forgetSuppressions = statement<[userId: string]>(
  'notifications.forget_suppressions',
  `delete from suppressions
   where (channel = 'email' and address = (select lower(email) from recipients where user_id = $1))
      or (channel = 'sms' and address = (select number from phones where user_id = $1))`,
);
const addressOf = statement<[userId: string], { address: string | null }>(
  'notifications.address_of',
  'select lower(email) as address from recipients where user_id = $1',
);
const forgetDevices = statement<[userId: string]>(
  'notifications.forget_devices',
  'delete from devices where user_id = $1',
);
const forgetPhone = statement<[userId: string]>(
  'notifications.forget_phone_of_deleted',
  'delete from phones where user_id = $1',
);
const forgetChoices = statement<[userId: string]>(
  'notifications.forget_delivery_choices',
  'delete from delivery_choices where user_id = $1',
);
const forgetPreferences = statement<[userId: string]>(
  'notifications.forget_preferences',
  'delete from preferences where user_id = $1',
);
const forgetTickets = statement<[userId: string]>(
  'notifications.forget_tickets',
  'delete from realtime_tickets where user_id = $1',
);

function columns(person: Person): [string, string, string, string, string] {
  return [
    person.userId,
    person.email,
    person.name,
    parseLocale(person.locale || 'en') ?? 'en',
    person.timeZone || 'UTC',
  ];
}

/**
 * Keeps somebody who was looked up at identity because their event has not come yet. What events say wins: an
 * existing row, also that of a deleted person, stays as it is.
 */
export async function keepRecipient(db: Queries, person: Person): Promise<void> {
  await db.run(addRecipient, columns(person));
}

/** The local copy of people. */
export const peopleSubscriptions: readonly Subscription[] = [
  on(UserUpdated, async ({ data }, tx) => {
    await tx.run(saveRecipient, columns(data));
  }),
  on(UserDeleted, async ({ data, time }, tx) => {
    await noteErased(tx, { userId: data.userId, at: time });
    // First what is found by their address and number.
    await tx.run(forgetMessages, [data.userId]);
    await forgetInWebhooks(tx, data.userId, (await tx.row(addressOf, [data.userId]))?.address ?? null);
    await tx.run(forgetSuppressions, [data.userId]);
    await tx.run(forgetRecipient, [data.userId]);
    await tx.run(forgetPhone, [data.userId]);
    await tx.run(forgetDevices, [data.userId]);
    await tx.run(forgetChoices, [data.userId]);
    await tx.run(forgetPreferences, [data.userId]);
    await tx.run(forgetTickets, [data.userId]);
  }),
];

/** Keeps a person who has just signed up. */
export async function saveNewPerson(tx: Queries, person: Person): Promise<void> {
  await tx.run(saveRecipient, columns(person));
}
