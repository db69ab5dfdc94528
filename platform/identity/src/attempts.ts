import { type Ctx, type Queries, statement } from '@stoa/kernel';
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
/** Registrations from one network: a classroom behind one address stays below it, a program does not. */
export const registrationBudget: Budget = { limit: 100, windowSeconds: 3600 };
/** Reset or verification mails to one account. */
export const mailBudget: Budget = { limit: 4, windowSeconds: 3600 };

type Taken = { key: Buffer; granted: boolean; oldest: string };

// One statement, so that parallel attempts queue on the row: a hundred at once are granted exactly the limit. Losing the
// last instants of this count in a power cut harms nobody, so its commit does not wait for the disk.
const takeAttempts = statement<[keys: Buffer[], limits: number[], windows: number[], at: string], Taken>(
  'identity.take_attempts',
  `insert into attempt_budgets as b (key, taken, granted, touched_at)
   select w.key, array[$4::timestamptz], true, $4::timestamptz
   from unnest($1::bytea[]) as w (key), set_config('synchronous_commit', 'off', true) order by w.key
   on conflict (key) do update set (taken, granted, touched_at) = (
     select coalesce(array_agg(t order by t) filter (where t is not null), '{}')
              || case when count(t) < w.upto then array[$4::timestamptz] else '{}' end,
            count(t) < w.upto, $4::timestamptz
     from unnest($1::bytea[], $2::int[], $3::int[]) as w (key, upto, seconds)
     left join unnest(b.taken) as t on t > $4::timestamptz - make_interval(secs => w.seconds)
     where w.key = b.key group by w.upto)
   returning key, granted, taken[1] as oldest`,
);
const settleSuccess = statement<[account: Buffer, address: Buffer | null, at: string], never>(
  'identity.settle_attempt',
  `with forgotten as (
     delete from attempt_budgets where key = $1
   )
   update attempt_budgets
   set taken = taken[:array_position(taken, $3::timestamptz) - 1] || taken[array_position(taken, $3::timestamptz) + 1:]
   from set_config('synchronous_commit', 'off', true)
   where key = $2 and array_position(taken, $3::timestamptz) is not null`,
);
const giveBack = statement<[key: Buffer, at: string], never>(
  'identity.give_back_attempt',
  `update attempt_budgets
   set taken = taken[:array_position(taken, $2::timestamptz) - 1] || taken[array_position(taken, $2::timestamptz) + 1:]
   where key = $1 and array_position(taken, $2::timestamptz) is not null`,
);
const readBudget = statement<[key: Buffer, since: string], { counted: number; oldest: string | null }>(
  'identity.read_attempt_budget',
  `select count(t)::int as counted, min(t) as oldest
   from attempt_budgets b, unnest(b.taken) as t where b.key = $1 and t > $2::timestamptz`,
);
const forget = statement<[keys: Buffer[]], never>(
  'identity.forget_attempts',
  'delete from attempt_budgets where key = any($1::bytea[])',
);
const prune = statement<[before: string], never>(
  'identity.prune_attempts',
  'delete from attempt_budgets where touched_at < $1',
);

type Attempt = { granted: boolean; retryAfterSeconds: number; key: Buffer; at: string };

/** Takes one attempt from each budget before it is evaluated; `what` names one, e.g. `account:<e-mail>`. */
async function take(deps: IdentityDeps, wanted: readonly { what: string; budget: Budget }[]): Promise<Attempt[]> {
  const keys = wanted.map(({ what }) => deps.secrets.mac('attempts', what));
  const now = deps.clock.now();
  const at = now.toISOString();
  const rows = await deps.db.rows(takeAttempts, [
    keys,
    wanted.map(({ budget }) => budget.limit),
    wanted.map(({ budget }) => budget.windowSeconds),
    at,
  ]);
  return wanted.map(({ budget }, index) => {
    const row = rows.find(({ key }) => keys[index]?.equals(key));
    if (!row) throw new Error('an attempt was neither granted nor refused');
    const freeAt = Date.parse(row.oldest) + budget.windowSeconds * 1000;
    const retryAfterSeconds = Math.max(1, Math.ceil((freeAt - now.getTime()) / 1000));
    return { granted: row.granted, retryAfterSeconds, key: row.key, at };
  });
}

/** Takes one attempt from one budget. */
export async function takeFrom(deps: IdentityDeps, what: string, budget: Budget): Promise<Attempt> {
  const [attempt] = await take(deps, [{ what, budget }]);
  if (!attempt) throw new Error('an attempt was neither granted nor refused');
  return attempt;
}

/** Takes one attempt from one budget. @throws too_many_attempts if it is used up */
export async function takeOrRefuse(deps: IdentityDeps, what: string, budget: Budget): Promise<void> {
  const attempt = await takeFrom(deps, what, budget);
  if (!attempt.granted) throw tooMany(attempt.retryAfterSeconds);
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
  const who = options.knownDevice ? deviceBudgetOf(options.account, options.knownDevice) : `account:${options.account}`;
  const [account, address] = await take(deps, [
    { what: who, budget: accountBudget },
    ...(options.ctx.ip ? [{ what: `address:${networkOf(options.ctx.ip)}`, budget: addressBudget }] : []),
  ]);
  if (!account?.granted) throw tooMany(account?.retryAfterSeconds ?? accountBudget.windowSeconds);
  // An owner on a device we know is let through, on that device's own budget, even when the address is busy guessing.
  if (address && !address.granted && !options.knownDevice) {
    await deps.db.run(giveBack, [account.key, account.at]);
    throw tooMany(address.retryAfterSeconds);
  }
  return {
    succeeded: async () => {
      await deps.db.run(settleSuccess, [account.key, address?.granted ? address.key : null, account.at]);
    },
  };
}

function deviceBudgetOf(account: string, device: Buffer): string {
  return `device:${account}:${device.toString('base64url')}`;
}

/** Wrong passwords that count for an account now, and until when strangers' tries are refused, if they are. */
export async function readStanding(deps: IdentityDeps, account: string) {
  const windowMs = accountBudget.windowSeconds * 1000;
  const since = new Date(deps.clock.now().getTime() - windowMs).toISOString();
  const row = await deps.db.row(readBudget, [deps.secrets.mac('attempts', `account:${account}`), since]);
  const wrongPasswords = row?.counted ?? 0;
  const locked = row?.oldest && wrongPasswords >= accountBudget.limit;
  return {
    wrongPasswords,
    lockedUntil: locked ? new Date(Date.parse(row.oldest ?? '') + windowMs).toISOString() : null,
  };
}

/** Forgets what is counted for signing in to an account, from anywhere, and for confirming its password. */
export async function forgetAttempts(
  tx: Queries,
  deps: IdentityDeps,
  { account, userId, devices }: { account: string; userId: string; devices: readonly Buffer[] },
): Promise<void> {
  const budgets = [
    `account:${account}`,
    `account:confirm:${userId}`,
    ...devices.map((device) => deviceBudgetOf(account, device)),
  ];
  await tx.run(forget, [budgets.map((what) => deps.secrets.mac('attempts', what))]);
}

/**
 * What stands for a caller's address: an IPv6 customer holds a whole /64 (RFC 6177), so single addresses of it would
 * each bring a budget of their own.
 */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped) return mapped;
  if (!ip.includes(':')) return ip;
  const [head = '', tail] = ip.split('%')[0]?.split('::') ?? [];
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  const groups = [...left, ...zeros, ...right].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${groups.join(':')}::/64`;
}

/** The refusal when a budget is used up; `seconds` until its oldest attempt leaves the window. */
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
