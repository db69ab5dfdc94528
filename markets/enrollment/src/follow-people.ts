import { UserCreated, UserDeleted, UserUpdated } from '@stoa/contracts';
import { on, statement } from '@stoa/kernel';
import { noteErased } from './erased-people.ts';
import { nameCertificates } from './name-certificates.ts';

const putPerson = statement<[userId: string, name: string, locale: string, timeZone: string], never>(
  'enrollment.put_person',
  // One who is gone does not come back with an event that is heard again.
  `insert into people (user_id, name, locale, time_zone)
   select $1, $2, coalesce(nullif($3, ''), 'en'), coalesce(nullif($4, ''), 'UTC') where not is_erased($1)
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
const dropRevocationReasons = statement<[userId: string], never>(
  'enrollment.drop_revocation_reasons',
  'delete from certificate_actions where certificate_id in (select id from certificates where user_id = $1)',
);
const forgetHolder = statement<[userId: string], never>(
  'enrollment.forget_holder',
  "update certificates set user_id = null, enrollment_id = null, holder_name = '', time_zone = 'UTC' where user_id = $1",
);
const forgetActor = statement<[userId: string], never>(
  'enrollment.forget_actor',
  "update certificate_actions set actor_id = '' where actor_id = $1",
);
const forgetInstructor = statement<[userId: string], never>(
  'enrollment.forget_instructor',
  // Courses come again with the name that courses gives them.
  "update courses set instructor_name = '' where instructor_id = $1",
);
const eraseEnrollments = statement<[userId: string], never>(
  'enrollment.erase_enrollments',
  // Progress goes with them.
  'delete from enrollments where user_id = $1',
);

/**
 * Keeps names for certificates, puts the name that is given late on those issued without one, and forgets a person when they ask to be forgotten.
 *
 * Their certificates stay as code, course and day, without a name: what cannot be led back to a person any more is not
 * personal data (GDPR recital 26, LGPD art. 12), and whoever holds the paper can still show that it is genuine. On
 * certificates of other people the name of an instructor stays as it was on the day: it is the holder's evidence
 * (GDPR art. 17 (3) e, LGPD art. 7 VI).
 */
export function followPeople() {
  return [
    on(UserCreated, async ({ data }, tx) => {
      await tx.run(putPerson, [data.userId, data.name, data.locale, data.timeZone]);
      await tx.run(nameCertificates, [data.userId, data.name]);
    }),
    on(UserUpdated, async ({ data }, tx) => {
      await tx.run(putPerson, [data.userId, data.name, data.locale, data.timeZone]);
      await tx.run(nameCertificates, [data.userId, data.name]);
    }),
    on(UserDeleted, async ({ data, time }, tx) => {
      await noteErased(tx, { userId: data.userId, at: time });
      await tx.run(erasePerson, [data.userId]);
      await tx.run(erasePasses, [data.userId]);
      await tx.run(eraseEntitlements, [data.userId]);
      await tx.run(eraseSubscriptions, [data.userId]);
      await tx.run(dropRevocationReasons, [data.userId]);
      await tx.run(forgetHolder, [data.userId]);
      await tx.run(forgetActor, [data.userId]);
      await tx.run(forgetInstructor, [data.userId]);
      await tx.run(eraseEnrollments, [data.userId]);
    }),
  ];
}
