import { PayoutSent } from '@stoa/contracts';
import { type Ctx, emit, hasRole, requireRole, requireUser, statement, toPage } from '@stoa/kernel';
import { recordAudit } from '../console/audit.ts';
import type { PaymentDeps } from '../deps.ts';
import { refuseErased } from '../erased-people.ts';
import { errors } from '../errors.ts';
import { toCsv, toDecimal } from '../ledger/csv.ts';
import { post } from '../ledger/post.ts';
import { postPayout, postPayoutReturned } from '../ledger/postings.ts';
import { pagePlace } from '../page-place.ts';

type Money = { amount: number; currency: string };
export type PayoutView = {
  id: string;
  sellerId: string;
  amount: Money;
  state: 'created' | 'sent' | 'failed';
  reference: string | null;
  createdAt: string;
  sentAt: string | null;
};
type Row = {
  id: string;
  seller_id: string;
  currency: string;
  amount: number;
  state: PayoutView['state'];
  reference: string | null;
  created_at: string;
  sent_at: string | null;
};
const columns = 'id, seller_id, currency, amount, state, reference, created_at, sent_at';

const oneRunAtATime = statement<[], { locked: string }>(
  'payments.lock_payouts',
  "select pg_advisory_xact_lock(hashtextextended('stoa.payouts', 0))::text as locked",
);
const listPayable = statement<
  [now: string, minimum: number, holdDays: number],
  { seller_id: string; currency: string; payable: number }
>(
  'payments.list_payable',
  // What was earned counts after the holding period agreed when it was sold, everything else at once.
  `select seller_id, currency, payable from (
     select a.holder as seller_id, a.currency, -sum(e.amount) filter (
       where t.kind <> 'sale' or t.occurred_at <= $1::timestamptz - make_interval(days => coalesce(l.hold_days, $3))
     ) as payable
     from accounts a join ledger_entries e on e.account = a.id join ledger_transactions t on t.id = e.transaction_id
     join payout_methods m on m.seller_id = a.holder
     left join order_lines l on l.id = e.order_line_id
     where a.kind = 'seller'
     group by a.holder, a.currency
   ) due
   where payable >= $2 order by seller_id, currency`,
);
const insertPayout = statement<
  [id: string, sellerId: string, currency: string, amount: number, by: string | null, at: string],
  Row
>(
  'payments.insert_payout',
  `insert into payouts (id, seller_id, currency, amount, created_by, created_at) values ($1, $2, $3, $4, $5, $6) returning ${columns}`,
);
const markSent = statement<[id: string, reference: string, at: string], Row>(
  'payments.mark_payout_sent',
  `update payouts set state = 'sent', reference = $2, sent_at = $3 where id = $1 and state = 'created' returning ${columns}`,
);
const markFailed = statement<[id: string, at: string], Row>(
  'payments.mark_payout_failed',
  `update payouts set state = 'failed', failed_at = $2 where id = $1 and state in ('created', 'sent') returning ${columns}`,
);
const readPayout = statement<[id: string], Row>('payments.read_payout', `select ${columns} from payouts where id = $1`);
const listAll = statement<
  [sellerId: string | null, before: string | null, beforeId: string | null, limit: number],
  Row
>(
  'payments.list_payouts',
  `select ${columns} from payouts
   where ($1::text is null or seller_id = $1) and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
   order by created_at desc, id desc limit $4`,
);
const listFile = statement<[], Row & { kind: string; value: string; holder_name: string }>(
  'payments.list_payout_file',
  `select p.id, p.seller_id, p.currency, p.amount, p.state, p.reference, p.created_at, p.sent_at, m.kind, m.value, m.holder_name
   from payouts p join payout_methods m on m.seller_id = p.seller_id where p.state = 'created' order by p.created_at, p.id`,
);

type PayoutDeps = Pick<PaymentDeps, 'db' | 'ids' | 'clock' | 'config'>;

/**
 * Makes a payout of what each seller is owed beyond the holding period, for everybody who has said where to and is owed
 * enough. The books move with it. Two runs at once pay nobody twice: the second finds nothing left.
 * @throws not_signed_in, not_allowed
 */
export function makePayouts(deps: PayoutDeps) {
  return async (ctx: Ctx): Promise<{ items: PayoutView[] }> => {
    requireRole(ctx, 'admin');
    const now = deps.clock.now();
    const by = ctx.actor.kind === 'user' ? ctx.actor.userId : null;
    return deps.db.transaction(async (tx) => {
      await tx.row(oneRunAtATime, []);
      const items: PayoutView[] = [];
      const { STOA_PAYOUT_MINIMUM: minimum, STOA_PAYOUT_HOLD_DAYS: holdDays } = deps.config;
      for (const due of await tx.rows(listPayable, [now.toISOString(), minimum, holdDays])) {
        const { seller_id: sellerId, currency, payable: amount } = due;
        const row = await tx.row(insertPayout, [deps.ids.id(), sellerId, currency, amount, by, now.toISOString()]);
        if (!row) continue;
        await post(tx, deps.ids, { posting: postPayout({ payoutId: row.id, sellerId, currency, amount }), at: now });
        items.push(toView(row));
        const subject = { subjectKind: 'payout', subjectId: row.id } as const;
        await recordAudit(tx, deps, ctx, {
          action: 'payouts.made',
          ...subject,
          details: { sellerId, amount, currency },
        });
      }
      return { items };
    });
  };
}

/** Payouts that wait to be sent, as a file for the bank. @throws not_signed_in, not_allowed */
export function exportPayouts(deps: Pick<PaymentDeps, 'db'>) {
  return async (ctx: Ctx): Promise<string> => {
    requireRole(ctx, 'admin');
    const rows = await deps.db.rows(listFile, []);
    return toCsv(
      ['payout', 'holder', 'method', 'account', 'amount', 'currency'],
      rows.map((row) => [
        row.id,
        row.holder_name,
        row.kind,
        row.value,
        toDecimal(row.amount, row.currency),
        row.currency,
      ]),
    );
  };
}

/** Notes that the bank has sent a payout, and tells the seller. Repeatable. @throws not_signed_in, not_allowed, payout_not_found */
export function confirmPayout(deps: PayoutDeps) {
  return async ({ payoutId, reference }: { payoutId: string; reference: string }, ctx: Ctx): Promise<PayoutView> => {
    requireRole(ctx, 'admin');
    return deps.db.transaction(async (tx) => {
      const sent = await tx.row(markSent, [payoutId, reference, deps.clock.now().toISOString()]);
      if (sent) {
        const subject = { subjectKind: 'payout', subjectId: payoutId } as const;
        await recordAudit(tx, deps, ctx, { action: 'payout.confirmed', ...subject, details: { reference } });
        await emit(tx, ctx, deps.ids, {
          event: PayoutSent,
          aggregate: payoutId,
          data: {
            payoutId,
            sellerId: sent.seller_id,
            amount: { amount: BigInt(sent.amount), currency: sent.currency },
            reference,
          },
        });
      }
      const row = sent ?? (await tx.row(readPayout, [payoutId]));
      if (row?.state !== 'sent') throw errors.payout_not_found();
      return toView(row);
    });
  };
}

/** Notes that a payout did not arrive: the seller is owed the money again. Repeatable. @throws not_signed_in, not_allowed, payout_not_found */
export function failPayout(deps: PayoutDeps) {
  return async ({ payoutId }: { payoutId: string }, ctx: Ctx): Promise<PayoutView> => {
    requireRole(ctx, 'admin');
    const now = deps.clock.now();
    return deps.db.transaction(async (tx) => {
      const failed = await tx.row(markFailed, [payoutId, now.toISOString()]);
      if (failed) {
        await recordAudit(tx, deps, ctx, { action: 'payout.failed', subjectKind: 'payout', subjectId: payoutId });
        const { seller_id: sellerId, currency, amount } = failed;
        await post(tx, deps.ids, { posting: postPayoutReturned({ payoutId, sellerId, currency, amount }), at: now });
      }
      const row = failed ?? (await tx.row(readPayout, [payoutId]));
      if (!row) throw errors.payout_not_found();
      return toView(row);
    });
  };
}

type ListInput = { limit: number; cursor?: string | undefined };

/** Payouts, newest first: one's own, or everybody's for operators. @throws not_signed_in, not_allowed */
export function listPayouts(deps: Pick<PaymentDeps, 'db'>) {
  return async (
    input: ListInput & { own: boolean },
    ctx: Ctx,
  ): Promise<{ items: PayoutView[]; nextCursor?: string }> => {
    if (!input.own) requireRole(ctx, 'support');
    else requireRole(ctx, 'instructor', 'supplier', 'fleet', 'support');
    const sellerId = input.own || !hasRole(ctx, 'support') ? requireUser(ctx).userId : null;
    const [at, id] = pagePlace(input.cursor);
    const rows = await deps.db.rows(listAll, [sellerId, at, id, input.limit + 1]);
    return toPage(rows, { limit: input.limit, key: (row) => [row.created_at, row.id], item: toView });
  };
}

export type PayoutMethod = { kind: 'pix' | 'iban'; value: string; holderName: string };
type MethodRow = { kind: PayoutMethod['kind']; value: string; holder_name: string };
const readMethod = statement<[sellerId: string], MethodRow>(
  'payments.read_payout_method',
  'select kind, value, holder_name from payout_methods where seller_id = $1',
);
const putMethod = statement<[sellerId: string, kind: string, value: string, holder: string, at: string], MethodRow>(
  'payments.put_payout_method',
  `insert into payout_methods (seller_id, kind, value, holder_name, updated_at) values ($1, $2, $3, $4, $5)
   on conflict (seller_id) do update
     set kind = excluded.kind, value = excluded.value, holder_name = excluded.holder_name, updated_at = excluded.updated_at
   returning kind, value, holder_name`,
);

/** Where one is paid; null when one has not said. @throws not_signed_in, not_allowed */
export function showPayoutMethod(deps: Pick<PaymentDeps, 'db'>) {
  return async (ctx: Ctx): Promise<{ method: PayoutMethod | null }> => {
    requireRole(ctx, 'instructor', 'supplier', 'fleet', 'support');
    const row = await deps.db.row(readMethod, [requireUser(ctx).userId]);
    return { method: row ? toMethod(row) : null };
  };
}

/** Says where one wants to be paid. @throws not_signed_in, not_allowed; invalid_token once the account is gone */
export function choosePayoutMethod(deps: Pick<PaymentDeps, 'db' | 'clock'>) {
  return async (input: PayoutMethod, ctx: Ctx): Promise<{ method: PayoutMethod | null }> => {
    requireRole(ctx, 'instructor', 'supplier', 'fleet', 'support');
    const { userId } = requireUser(ctx);
    const row = await deps.db.transaction(async (tx) => {
      await refuseErased(tx, userId);
      return tx.row(putMethod, [
        userId,
        input.kind,
        input.value.replace(/\s/g, ''),
        input.holderName.trim(),
        deps.clock.now().toISOString(),
      ]);
    });
    return { method: row ? toMethod(row) : null };
  };
}

const toMethod = ({ holder_name, ...row }: MethodRow): PayoutMethod => ({ ...row, holderName: holder_name });

const toView = (row: Row): PayoutView => ({
  id: row.id,
  sellerId: row.seller_id,
  amount: { amount: row.amount, currency: row.currency },
  state: row.state,
  reference: row.reference,
  createdAt: row.created_at,
  sentAt: row.sent_at,
});
