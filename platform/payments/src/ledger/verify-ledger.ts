import { type Ctx, statement } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';

/** A place where the books are not what they were when they were written. */
export type Breach = { subject: string; why: string };

const allowTime = statement<[], { set_config: string }>(
  'payments.allow_time',
  "select set_config('statement_timeout', '0', true)",
);
const verifyAll = statement<[at: string], { broken: Breach[] }>(
  'payments.verify_whole_ledger',
  // One statement, one snapshot: the checkpoints are of what was verified.
  `with broken as materialized (select subject, why from verify_ledger() limit 100),
   moved as (
     insert into ledger_checkpoints (chain, seq, hash, verified_at)
     select chain, seq, hash, $1::timestamptz from ledger_chains where not exists (select from broken)
     on conflict (chain) do update set seq = excluded.seq, hash = excluded.hash, verified_at = excluded.verified_at
   )
   insert into ledger_verifications (verified_at, broken)
   select $1::timestamptz, coalesce(jsonb_agg(jsonb_build_object('subject', subject, 'why', why)), '[]') from broken
   returning broken`,
);

/**
 * Verifies every link of the hash chains, which takes as long as there are transactions: by night. The console then
 * looks only at what was booked since. What is broken is kept, logged, and moves no checkpoint.
 */
export function verifyLedger(deps: Pick<PaymentDeps, 'db' | 'clock' | 'log'>) {
  return async (_ctx: Ctx): Promise<Breach[]> => {
    const broken = await deps.db.transaction(async (tx) => {
      const [, row] = await Promise.all([tx.row(allowTime, []), tx.row(verifyAll, [deps.clock.now().toISOString()])]);
      return row?.broken ?? [];
    });
    if (broken.length > 0) deps.log.error({ broken: broken.length, first: broken[0] }, 'the books are not whole');
    return broken;
  };
}

const readBreaches = statement<[], Breach>(
  'payments.read_ledger_breaches',
  `select subject, why from verify_new_ledger()
   union
   select b.subject, b.why from (select broken from ledger_verifications order by id desc limit 1) v,
     jsonb_to_recordset(v.broken) as b (subject text, why text)
   limit 100`,
);

/** What was broken when all was last verified, and what of the news since the last checkpoint is. */
export function listBreaches(deps: Pick<PaymentDeps, 'db'>): Promise<Breach[]> {
  return deps.db.rows(readBreaches, []);
}
