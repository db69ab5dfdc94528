import { EmailVerificationRequested, UserCreated } from '@stoa/contracts';
import {
  type Ctx,
  crashPoint,
  eventData,
  type FieldError,
  fieldMessage,
  kernelErrors,
  type Locale,
  statement,
} from '@stoa/kernel';
import { networkOf, registrationBudget, takenBudget, takeOrRefuse } from './attempts.ts';
import { undoDays } from './create-mail-link.ts';
import { errors } from './errors.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { checkPassword } from './password-rules.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { answerSignedIn, insertPlannedSession, planSession, type SignedIn } from './sessions.ts';
import { emailKeyOf, isAcceptableName, isTimeZone, tidyName, type UserRow, userColumns } from './users.ts';

export type Registration = {
  email: string;
  password: string;
  name: string;
  locale?: Locale | undefined;
  timeZone?: string | undefined;
};

/** SQL of a condition: who lost this address to a stranger's change may still take it back. */
const isReserved = (emailKey: `$${number}`, at: `$${number}`): string =>
  `exists (select from mail_requests m where m.email_key = ${emailKey} and m.purpose = 'undo_email_change'
                       and m.closed_at is null and m.created_at > ${at}::timestamptz - make_interval(days => ${undoDays}))`;

const insertPerson = statement<
  [
    id: string,
    email: string,
    emailKey: string,
    name: string,
    passwordHash: string,
    locale: string,
    timeZone: string,
    at: string,
    registrationKey: string | null,
    requestId: string,
    eventIds: string[],
    eventTypes: string[],
    eventData: string[],
    traceparent: string,
  ],
  UserRow
>(
  'identity.register',
  `with person as (
     insert into users (id, email, email_key, name, password_hash, locale, time_zone, sessions_valid_after,
                        registration_key, created_at, updated_at)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, $8, $8
     where not ${isReserved('$3', '$8')}
     on conflict do nothing returning ${userColumns}
   ), request as (
     insert into mail_requests (id, user_id, purpose, email_key, created_at)
     select $10, id, 'verify_email', $3, $8 from person
   ), events as (
     insert into outbox (id, type, subject, partition_key, aggregate_version, data, traceparent)
     select e.id, e.type, $1::text, $1::text, 1, e.data, $14
     from person, unnest($11::uuid[], $12::text[], $13::jsonb[]) with ordinality as e (id, type, data, nth) order by e.nth
   )
   select * from person`,
);
const findReservation = statement<[emailKey: string, at: string], { reserved: boolean }>(
  'identity.is_address_reserved',
  `select ${isReserved('$1', '$2')} as reserved`,
);
const findRegistration = statement<[registrationKey: string], UserRow & { email_key: string }>(
  'identity.find_registration',
  `select ${userColumns}, email_key from users where registration_key = $1 and deleted_at is null`,
);

const beforeInsert = crashPoint('identity.register.before_insert');
const afterInsert = crashPoint('identity.register.after_insert');
const afterSession = crashPoint('identity.register.after_session');

/**
 * Makes an account; the verification mail follows by event. The account, its verification request and
 * both events are one statement.
 *
 * An address that is taken is said to be so (409): the person who forgot about their account is helped at once, and
 * registering reveals accounts in any design that answers with tokens. Lists of addresses cannot be tested this way,
 * because "taken" answers per caller address are limited, and so are registrations. Signing in and resetting reveal
 * nothing.
 *
 * `registrationKey` (from the Idempotency-Key) makes repeats harmless: the same person with the same password gets the
 * same account and session again. Answers of registration hold tokens, so they are made again, never stored.
 * @throws validation_failed, password_refused, email_taken, idempotency_key_reused, too_many_attempts
 */
export function createAccount(deps: IdentityDeps) {
  return async (input: Registration, ctx: Ctx, registrationKey?: string): Promise<UserRow> => {
    checkRegistration(input, ctx.locale);
    checkPassword(input.password, {
      person: input,
      locale: ctx.locale,
      pointer: '/password',
      publicUrl: deps.publicUrl,
    });
    const { db, ids, clock } = deps;
    if (deps.limitsRegistrations && ctx.ip)
      await takeOrRefuse(deps, `registrations:${networkOf(ctx.ip)}`, registrationBudget);
    const passwordHash = await hashPassword(input.password);
    const id = ids.id();
    const requestId = ids.id();
    const locale = input.locale ?? ctx.locale;
    const timeZone = input.timeZone ?? 'UTC';
    const name = tidyName(input.name);
    const email = input.email.trim();
    const emailKey = emailKeyOf(email);
    const at = clock.now().toISOString();
    const eventIds = [ids.id(), ids.id()];
    beforeInsert();
    const user = await db.transaction(async (tx) => {
      const inserting = tx.row(insertPerson, [
        id,
        email,
        emailKey,
        name,
        passwordHash,
        locale,
        timeZone,
        at,
        registrationKey ?? null,
        requestId,
        eventIds,
        [UserCreated.type, EmailVerificationRequested.type],
        [
          eventData(UserCreated, { userId: id, email, name, locale, timeZone, roles: ['student'] }),
          eventData(EmailVerificationRequested, { userId: id, requestId }),
        ],
        ctx.traceparent,
      ]);
      // The insert may have waited for a change that gave this address up, and its own look is older than that. This one
      // is a statement of its own and sees what was committed meanwhile.
      const [inserted, reservation] = await Promise.all([inserting, tx.row(findReservation, [emailKey, at])]);
      if (inserted && reservation?.reserved) throw errors.email_taken();
      return inserted;
    });
    afterInsert();
    const person = user ?? (await findRepeated(deps, input, registrationKey));
    if (!person) {
      if (ctx.ip) await takeOrRefuse(deps, `taken:${networkOf(ctx.ip)}`, takenBudget);
      throw errors.email_taken();
    }
    return person;
  };
}

/** Makes an account and begins its first session. @throws what `createAccount` throws */
export function register(deps: IdentityDeps) {
  const create = createAccount(deps);
  return async (input: Registration, ctx: Ctx, registrationKey?: string): Promise<SignedIn> => {
    const person = await create(input, ctx, registrationKey);
    const same = registrationKey
      ? {
          id: registrationKey,
          refreshToken: deps.secrets.mac('registration', `${registrationKey} ${person.id}`).toString('base64url'),
        }
      : undefined;
    const session = planSession(deps, ctx, same);
    // Whoever registered is somebody else already: with a new password by mail, or disabled.
    if (!(await insertPlannedSession(deps, person, session))) throw errors.email_taken();
    afterSession();
    return answerSignedIn(deps, person, session);
  };
}

async function findRepeated(
  deps: IdentityDeps,
  input: Registration,
  registrationKey: string | undefined,
): Promise<UserRow | undefined> {
  if (!registrationKey) return undefined;
  const found = await deps.db.row(findRegistration, [registrationKey]);
  if (!found) return undefined;
  const samePassword = (await verifyPassword(input.password, found.password_hash)).matches;
  if (found.email_key !== emailKeyOf(input.email) || !samePassword || found.name !== tidyName(input.name))
    throw kernelErrors.idempotency_key_reused();
  return found;
}

/** @throws validation_failed for what a schema cannot say */
function checkRegistration(input: Registration, locale: Locale): void {
  const refused: FieldError[] = [];
  const refuse = (pointer: string) =>
    refused.push({ pointer, code: 'invalid', message: fieldMessage('invalid', locale) });
  if (!isAcceptableName(input.name)) refuse('/name');
  if (input.timeZone !== undefined && !isTimeZone(input.timeZone)) refuse('/timeZone');
  if (refused.length > 0) throw kernelErrors.validation_failed({ errors: refused });
}
