import { type Ctx, statement } from '@stoa/kernel';
import { errors } from './errors.ts';
import type { IdentityDeps } from './identity-deps.ts';

/** How often something may be tried in a sliding window. */
type Budget = { limit: number; windowSeconds: number };

/** Wrong passwords for one account by devices it does not know, and by each one it does. */
export const accountBudget: Budget = { limit: 10, windowSeconds: 15 * 60 };
/** Wrong passwords from one address, whatever the account: a classroom behind one address stays below it. */
export const addressBudget: Budget = { limit: 100, windowSeconds: 15 * 60 };
/** "Taken" answers to registrations from one address: enough for people, too few to test a list of addresses. */
export const takenBudget: Budget = { limit: 60, windowSeconds: 3600 };
/** Reset or verification mails to one account. */
export const mailBudget: Budget = { limit: 4, windowSeconds: 3600 };

type Taken = { granted: boolean; oldest: string };

// One statement, so that parallel attempts queue on the row: a hundred at once are granted exactly the limit.
const takeAttempt = statement<[key: Buffer, at: string, limit: number, windowSeconds: number], Taken>(
  'identity.take_attempt',
  `insert into attempt_budgets as b (key, taken, granted, touched_at) values ($1, array[$2::timestamptz], true, $2)
   on conflict (key) do update set (taken, granted, touched_at) = (
     select case when count(t) < $3 then array_agg(t order by t) filter (where t is not null) || $2::timestamptz
                 else array_agg(t order by t) end,
            count(t) < $3, $2::timestamptz
     from unnest(b.taken) as t where t > $2::timestamptz - make_interval(secs => $4))
   returning granted, taken[1] as oldest`,
);
const giveBack = statement<[key: Buffer, at: string], never>(
  'identity.give_back_attempt',
  `update attempt_budgets
   set taken = taken[:array_position(taken, $2::timestamptz) - 1] || taken[array_position(taken, $2::timestamptz) + 1:]
   where key = $1 and array_position(taken, $2::timestamptz) is not null`,
);
const forget = statement<[key: Buffer], never>(
  'identity.forget_attempts',
  'delete from attempt_budgets where key = $1',
);
const prune = statement<[before: string], never>(
  'identity.prune_attempts',
  'delete from attempt_budgets where touched_at < $1',
);

type Attempt = { granted: boolean; retryAfterSeconds: number; key: Buffer; at: string };

/** Takes one attempt from a budget before it is evaluated; `what` names the budget, e.g. `account:<e-mail>`. */
export async function takeFrom(deps: IdentityDeps, what: string, budget: Budget): Promise<Attempt> {
  const key = deps.secrets.mac('attempts', what);
  const now = deps.clock.now();
  const at = now.toISOString();
  const row = await deps.db.row(takeAttempt, [key, at, budget.limit, budget.windowSeconds]);
  if (!row) throw new Error('an attempt was neither granted nor refused');
  const freeAt = Date.parse(row.oldest) + budget.windowSeconds * 1000;
  return { granted: row.granted, retryAfterSeconds: Math.max(1, Math.ceil((freeAt - now.getTime()) / 1000)), key, at };
}

/**
 * Guards one evaluation of a password. Attempts are counted before the password is looked at, and only failures stay
 * counted. An account's own devices have a budget of their own: strangers who use up the account's cannot keep its
 * owner out, and nothing outlasts the window.
 * @throws too_many_attempts
 */
export async function guardPassword(
  deps: IdentityDeps,
  options: { account: string; knownDevice: Buffer | undefined; ctx: Ctx },
): Promise<{ succeeded: () => Promise<void> }> {
  const who = options.knownDevice
    ? `device:${options.account}:${options.knownDevice.toString('base64url')}`
    : `account:${options.account}`;
  const account = await takeFrom(deps, who, accountBudget);
  if (!account.granted) throw tooMany(account.retryAfterSeconds);
  const address = options.ctx.ip ? await takeFrom(deps, `address:${options.ctx.ip}`, addressBudget) : undefined;
  if (address && !address.granted) {
    await deps.db.run(giveBack, [account.key, account.at]);
    // An owner on a device we know is let through even when the address is busy guessing.
    if (!options.knownDevice) throw tooMany(address.retryAfterSeconds);
  }
  return {
    succeeded: async () => {
      await deps.db.run(forget, [account.key]);
      if (address?.granted) await deps.db.run(giveBack, [address.key, address.at]);
    },
  };
}

/** @throws too_many_attempts, always */
export function tooMany(seconds: number) {
  return errors.too_many_attempts({
    params: { minutes: Math.ceil(seconds / 60) },
    headers: { 'retry-after': String(seconds) },
  });
}

/** Forgets budgets nobody has touched for a day. */
export async function pruneAttempts(deps: IdentityDeps): Promise<void> {
  await deps.db.run(prune, [new Date(deps.clock.now().getTime() - 86_400_000).toISOString()]);
}
