import { type Ctx, requireRole, statement, toPage } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
import { pagePlace } from '../page-place.ts';
import { recordAudit } from './audit.ts';

type TermsRow = { seller_id: string; share: number | null; hold_days: number | null; updated_at: string };
const columns = 'seller_id, share, hold_days, updated_at';
const listTerms = statement<[before: string | null, beforeId: string | null, limit: number], TermsRow>(
  'payments.list_seller_terms',
  `select ${columns} from seller_terms where ($1::timestamptz is null or (updated_at, seller_id) < ($1, $2))
   order by updated_at desc, seller_id desc limit $3`,
);
const readTerms = statement<[sellerId: string], TermsRow>(
  'payments.read_seller_terms',
  `select ${columns} from seller_terms where seller_id = $1`,
);
const putTerms = statement<
  [sellerId: string, share: number | null, holdDays: number | null, by: string | null, at: string],
  TermsRow
>(
  'payments.put_seller_terms',
  `insert into seller_terms (seller_id, share, hold_days, updated_by, updated_at) values ($1, $2, $3, $4, $5)
   on conflict (seller_id) do update set share = excluded.share, hold_days = excluded.hold_days,
     updated_by = excluded.updated_by, updated_at = excluded.updated_at
   returning ${columns}`,
);
const addHistory = statement<
  [
    id: string,
    sellerId: string,
    share: number | null,
    holdDays: number | null,
    note: string,
    by: string | null,
    at: string,
  ],
  never
>(
  'payments.add_seller_terms_history',
  `insert into seller_terms_history (id, seller_id, share, hold_days, note, changed_by, changed_at)
   values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing`,
);
type HistoryRow = {
  id: string;
  share: number | null;
  hold_days: number | null;
  note: string;
  changed_by: string | null;
  changed_at: string;
};
const listHistory = statement<[sellerId: string], HistoryRow>(
  'payments.list_seller_terms_history',
  `select id, share, hold_days, note, changed_by, changed_at from seller_terms_history where seller_id = $1
   order by changed_at desc, id desc limit 200`,
);

/** What was agreed with a seller. Shares are ten-thousandths of the net price; null is the installation's setting. */
export type Terms = { share: number | null; holdDays: number | null };
export type SellerTerms = Terms & {
  sellerId: string;
  /** What applies to the next sale, with the settings where nothing was agreed. */
  applied: { share: number; holdDays: number };
  updatedAt: string | null;
};
export type SellerTermsInFull = SellerTerms & {
  history: (Terms & { id: string; note: string; changedBy: string | null; changedAt: string })[];
};

type TermsDeps = Pick<PaymentDeps, 'db' | 'ids' | 'clock' | 'config'>;

/** Sellers with terms of their own, changed last first. @throws not_signed_in, not_allowed */
export function listSellerTerms(deps: Pick<TermsDeps, 'db' | 'config'>) {
  return async (
    input: { limit: number; cursor?: string | undefined },
    ctx: Ctx,
  ): Promise<{ items: SellerTerms[]; nextCursor?: string }> => {
    requireRole(ctx, 'support');
    const [at, id] = pagePlace(input.cursor);
    const rows = await deps.db.rows(listTerms, [at, id, input.limit + 1]);
    return toPage(rows, {
      limit: input.limit,
      key: (row) => [row.updated_at, row.seller_id],
      item: (row) => toView(deps, row.seller_id, row),
    });
  };
}

/** The terms of a seller and every agreement before. @throws not_signed_in, not_allowed */
export function showSellerTerms(deps: Pick<TermsDeps, 'db' | 'config'>) {
  return async ({ sellerId }: { sellerId: string }, ctx: Ctx): Promise<SellerTermsInFull> => {
    requireRole(ctx, 'support');
    return readInFull(deps, sellerId);
  };
}

/**
 * Agrees on other terms with a seller, from the next order on: what is ordered already keeps its share and its holding
 * days, whatever is agreed later.
 * @throws not_signed_in, not_allowed
 */
export function agreeTerms(deps: TermsDeps) {
  return async (input: Terms & { sellerId: string; note: string }, ctx: Ctx): Promise<SellerTermsInFull> => {
    requireRole(ctx, 'admin');
    const { sellerId, share, holdDays, note } = input;
    const at = deps.clock.now().toISOString();
    const by = ctx.actor.kind === 'user' ? ctx.actor.userId : null;
    await deps.db.transaction(async (tx) => {
      const before = await tx.row(readTerms, [sellerId]);
      if (before && before.share === share && before.hold_days === holdDays) return;
      await tx.row(putTerms, [sellerId, share, holdDays, by, at]);
      await tx.run(addHistory, [deps.ids.id(), sellerId, share, holdDays, note, by, at]);
      await recordAudit(tx, deps, ctx, {
        action: 'seller_terms.agreed',
        subjectKind: 'seller',
        subjectId: sellerId,
        details: { share, holdDays, before: { share: before?.share ?? null, holdDays: before?.hold_days ?? null } },
      });
    });
    return readInFull(deps, sellerId);
  };
}

async function readInFull(deps: Pick<TermsDeps, 'db' | 'config'>, sellerId: string): Promise<SellerTermsInFull> {
  const [row, history] = await Promise.all([deps.db.row(readTerms, [sellerId]), deps.db.rows(listHistory, [sellerId])]);
  return {
    ...toView(deps, sellerId, row),
    history: history.map((one) => ({
      id: one.id,
      share: one.share,
      holdDays: one.hold_days,
      note: one.note,
      changedBy: one.changed_by,
      changedAt: one.changed_at,
    })),
  };
}

function toView({ config }: Pick<TermsDeps, 'config'>, sellerId: string, row: TermsRow | undefined): SellerTerms {
  const share = row?.share ?? null;
  const holdDays = row?.hold_days ?? null;
  return {
    sellerId,
    share,
    holdDays,
    applied: {
      share: share ?? Math.round(config.STOA_SELLER_SHARE * 100),
      holdDays: holdDays ?? config.STOA_PAYOUT_HOLD_DAYS,
    },
    updatedAt: row?.updated_at ?? null,
  };
}
