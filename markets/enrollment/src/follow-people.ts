import { UserCreated, UserDeleted, UserUpdated } from '@stoa/contracts';
import { on, statement } from '@stoa/kernel';

const putPerson = statement<[userId: string, name: string, locale: string, timeZone: string], never>(
  'enrollment.put_person',
  `insert into people (user_id, name, locale, time_zone) values ($1, $2, coalesce(nullif($3, ''), 'en'), coalesce(nullif($4, ''), 'UTC'))
   on conflict (user_id) do update set name = excluded.name, locale = excluded.locale, time_zone = excluded.time_zone`,
);
const erasePerson = statement<[userId: string], never>(
  'enrollment.erase_person',
  'delete from people where user_id = $1',
);
const erasePasses = statement<[userId: string], never>(
  'enrollment.erase_passes',
  'delete from lesson_passes where user_id = $1',
);
const eraseEntitlements = statement<[userId: string], never>(
  'enrollment.erase_entitlements',
  // That there was one stays, so that no late event opens it again; whose it was does not.
  'update entitlements set user_id = null, revoked_at = coalesce(revoked_at, now()) where user_id = $1',
);
const eraseSubscriptions = statement<[userId: string], never>(
  'enrollment.erase_membership_subscriptions',
  'update membership_subscriptions set user_id = null, entitled = false where user_id = $1',
);
const eraseEnrollments = statement<[userId: string], never>(
  'enrollment.erase_enrollments',
  // Progress, certificates and their history go with them.
  'delete from enrollments where user_id = $1',
);

/** Keeps names for certificates, and forgets a person entirely when they ask to be forgotten. */
export function followPeople() {
  return [
    on(UserCreated, async ({ data }, tx) => {
      await tx.run(putPerson, [data.userId, data.name, data.locale, data.timeZone]);
    }),
    on(UserUpdated, async ({ data }, tx) => {
      await tx.run(putPerson, [data.userId, data.name, data.locale, data.timeZone]);
    }),
    on(UserDeleted, async ({ data }, tx) => {
      await tx.run(erasePerson, [data.userId]);
      await tx.run(erasePasses, [data.userId]);
      await tx.run(eraseEntitlements, [data.userId]);
      await tx.run(eraseSubscriptions, [data.userId]);
      await tx.run(eraseEnrollments, [data.userId]);
    }),
  ];
}
