import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Ctx, type Deps, requireUser, statement } from '@stoa/kernel';
import { z } from 'zod';
import { refuseErased } from './erased-people.ts';
import { errors } from './errors.ts';
import type { RecordMessages } from './record-messages.ts';
import type { Message } from './send-message.ts';
import { liftSuppressionOf } from './suppressions.ts';
import { phoneCode } from './templates/phone-code.ts';
import type { OneTimeCode } from './templates/template.ts';

const codeMinutes = 10;
const mostTries = 5;
/** A text message costs money and reaches somebody who may not have asked: at most one in this time. */
const pauseSeconds = 60;
/** Accounts that may ask for codes to one number in a day: a family shares a phone, a crowd does not. */
const mostAccounts = 5;

/** E.164: country code and number, at most 15 digits. */
export const PhoneNumber = z.string().regex(/^\+[1-9]\d{6,14}$/);
export const Phone = z.strictObject({ number: z.string().nullable(), verified: z.boolean() });

const askForPhone = statement<
  [userId: string, number: string, requestId: string, now: string, pause: number, mostAccounts: number],
  { user_id: string }
>(
  'notifications.ask_for_phone',
  // Nobody is to be written to at the wish of many accounts, either.
  `insert into phones as p (user_id, number, request_id, asked_at)
   select $1::uuid, $2, $3::uuid, $4::timestamptz
   where (select count(*) from phones o
          where o.number = $2 and o.user_id <> $1 and o.asked_at > $4::timestamptz - interval '1 day') < $6
   on conflict (user_id) do update
   set number = excluded.number, request_id = excluded.request_id, asked_at = excluded.asked_at, verified_at = null,
       code_hash = null, code_expires_at = null, tries = 0
   where p.asked_at <= $4::timestamptz - make_interval(secs => $5)
   returning user_id`,
);
const keepCode = statement<[requestId: string, hash: Buffer, expiresAt: string], { user_id: string }>(
  'notifications.keep_code',
  `update phones set code_hash = $2, code_expires_at = $3 where request_id = $1 and verified_at is null returning user_id`,
);
// The try is counted before the code is compared, in the same statement: tries at the same time all count.
const tryCode = statement<
  [userId: string, now: string, most: number],
  { code_hash: Buffer | null; number: string; live: boolean; request_id: string }
>(
  'notifications.try_code',
  `update phones set tries = tries + 1 where user_id = $1 and verified_at is null and tries < $3
   returning code_hash, number, coalesce(code_expires_at > $2, false) as live, request_id`,
);
const verifyPhone = statement<[userId: string, requestId: string, now: string]>(
  'notifications.verify_phone',
  'update phones set verified_at = $3, code_hash = null, code_expires_at = null where user_id = $1 and request_id = $2',
);
const findOwn = statement<[userId: string], { number: string; verified: boolean }>(
  'notifications.find_own_phone',
  'select number, verified_at is not null as verified from phones where user_id = $1',
);
const forgetPhone = statement<[userId: string]>('notifications.forget_phone', 'delete from phones where user_id = $1');

type CodeDeps = Pick<Deps, 'db' | 'ids' | 'clock'> & { codeSecret: string };

const hashOf = (secret: string, requestId: string, code: string) =>
  createHmac('sha256', secret).update(`${requestId}\n${code}`).digest();

/** A new code for a request that is still open, as its text message is written; the one before ends. */
export async function makeCode(
  deps: CodeDeps,
  { message, requestId }: { message: Message; requestId: string },
): Promise<OneTimeCode | undefined> {
  const asked = z.object({ requestId: z.string() }).parse(message.params);
  // An older request than the person's last one.
  if (asked.requestId !== requestId) return undefined;
  const code = String(deps.ids.integer(1_000_000)).padStart(6, '0');
  const expiresAt = new Date(deps.clock.now().getTime() + codeMinutes * 60_000).toISOString();
  const kept = await deps.db.row(keepCode, [requestId, hashOf(deps.codeSecret, requestId, code), expiresAt]);
  return kept ? { code, validMinutes: codeMinutes } : undefined;
}

type AskDeps = CodeDeps & { record: RecordMessages; smsOffered: boolean };

/** The caller's number, if they gave one. @throws not_signed_in */
export function getPhone(deps: Pick<Deps, 'db'>) {
  return async (ctx: Ctx): Promise<z.output<typeof Phone>> => {
    const { userId } = requireUser(ctx);
    return (await deps.db.row(findOwn, [userId])) ?? { number: null, verified: false };
  };
}

/**
 * Takes the caller's number and sends a code to it. It is used once the code has come back.
 * @throws not_signed_in, text_messages_not_offered, code_sent_recently; invalid_token once the account is gone
 */
export function askForPhoneCode(deps: AskDeps) {
  return async ({ number }: { number: string }, ctx: Ctx): Promise<z.output<typeof Phone>> => {
    const { userId } = requireUser(ctx);
    if (!deps.smsOffered) throw errors.text_messages_not_offered();
    const requestId = deps.ids.id();
    await deps.db.transaction(async (tx) => {
      await refuseErased(tx, userId);
      const asked = await tx.row(askForPhone, [
        userId,
        number,
        requestId,
        deps.clock.now().toISOString(),
        pauseSeconds,
        mostAccounts,
      ]);
      if (!asked) {
        throw errors.code_sent_recently({
          params: { seconds: pauseSeconds },
          headers: { 'retry-after': String(pauseSeconds) },
        });
      }
      await deps.record(tx, ctx, { eventId: requestId, to: { userId }, template: phoneCode, params: { requestId } });
    });
    return { number, verified: false };
  };
}

/** Confirms the caller's number with the code that was sent to it. @throws not_signed_in, wrong_code */
export function confirmPhone(deps: CodeDeps) {
  return async ({ code }: { code: string }, ctx: Ctx): Promise<z.output<typeof Phone>> => {
    const { userId } = requireUser(ctx);
    const now = deps.clock.now().toISOString();
    const row = await deps.db.row(tryCode, [userId, now, mostTries]);
    const given = row ? hashOf(deps.codeSecret, row.request_id, code) : undefined;
    if (!row?.live || !row.code_hash || !given || !timingSafeEqual(row.code_hash, given)) throw errors.wrong_code();
    await deps.db.run(verifyPhone, [userId, row.request_id, now]);
    // Whoever types in a code from this number wants to be written to there.
    await liftSuppressionOf(deps.db, 'sms', row.number);
    return { number: row.number, verified: true };
  };
}

/** Forgets the caller's number. @throws not_signed_in */
export function removePhone(deps: Pick<Deps, 'db'>) {
  return async (ctx: Ctx): Promise<undefined> => {
    const { userId } = requireUser(ctx);
    await deps.db.run(forgetPhone, [userId]);
  };
}
