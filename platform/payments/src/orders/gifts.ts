import { PurchaseAssigned } from '@stoa/contracts';
import { type Ctx, emit, requireUser, statement } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
import { refuseErased } from '../erased-people.ts';
import { errors } from '../errors.ts';
import { eventLine, listEventLines } from './event-lines.ts';

type Row = {
  id: string;
  order_id: string;
  line_id: string;
  state: 'waiting' | 'sent' | 'claimed' | 'revoked';
  giver_name: string;
  message: string;
  title: string;
  path: string;
  cover_url: string;
  claimed_by: string | null;
};
const readGift = statement<[id: string], Row>(
  'payments.read_gift',
  `select g.id, l.order_id, g.line_id, g.state, g.giver_name, g.message, l.title, l.path, l.cover_url, g.claimed_by
   from gifts g join order_lines l on l.id = g.line_id where g.id = $1`,
);
const lockOrder = statement<[id: string], { id: string }>(
  'payments.lock_order_of_gift',
  'select id from orders where id = $1 for update',
);
const claim = statement<[id: string, userId: string, at: string], { line_id: string }>(
  'payments.claim_gift',
  `with gift as (
     update gifts set state = 'claimed', claimed_by = $2, claimed_at = $3, assignment_id = id where id = $1 and state = 'sent' returning line_id
   )
   update order_lines l set owner_id = $2 from gift where l.id = gift.line_id returning l.id as line_id`,
);

export type GiftView = {
  id: string;
  giverName: string;
  message: string;
  title: string;
  path: string;
  coverUrl: string;
  state: 'sent' | 'claimed';
};

/** A gift as whoever holds its link sees it. @throws gift_not_found */
export function showGift(deps: Pick<PaymentDeps, 'db' | 'tokens'>) {
  return async ({ giftId, token }: { giftId: string; token: string }): Promise<GiftView> =>
    toView(await need(deps, giftId, token));
}

/**
 * Takes a gift up: it is the caller's from now on. Doing it again changes nothing.
 * @throws not_signed_in, gift_not_found, gift_already_claimed; invalid_token once the account is gone
 */
export function claimGift(deps: Pick<PaymentDeps, 'db' | 'tokens' | 'ids' | 'clock'>) {
  return async ({ giftId, token }: { giftId: string; token: string }, ctx: Ctx): Promise<GiftView> => {
    const user = requireUser(ctx);
    const gift = await need(deps, giftId, token);
    await deps.db.transaction(async (tx) => {
      await refuseErased(tx, user.userId);
      // The order's lock first, as everywhere: a refund may be taking the gift away at this moment.
      await tx.row(lockOrder, [gift.order_id]);
      const claimed = await tx.row(claim, [giftId, user.userId, deps.clock.now().toISOString()]);
      if (!claimed) {
        const now = await tx.row(readGift, [giftId]);
        if (now?.state === 'claimed' && now.claimed_by === user.userId) return;
        throw errors.gift_already_claimed();
      }
      const line = (await tx.rows(listEventLines, [gift.order_id])).find(({ id }) => id === claimed.line_id);
      if (!line) throw new Error('the line of the gift is gone');
      await emit(tx, ctx, deps.ids, {
        event: PurchaseAssigned,
        aggregate: gift.order_id,
        data: {
          orderId: gift.order_id,
          line: eventLine(line),
          ownerId: user.userId,
          reason: 'gift',
          assignmentId: giftId,
        },
      });
    });
    return toView(await need(deps, giftId, token));
  };
}

async function need(deps: Pick<PaymentDeps, 'db' | 'tokens'>, giftId: string, token: string): Promise<Row> {
  const gift = deps.tokens.check('gift', giftId, token) ? await deps.db.row(readGift, [giftId]) : undefined;
  if (!gift || gift.state === 'waiting' || gift.state === 'revoked') throw errors.gift_not_found();
  return gift;
}

const toView = (gift: Row): GiftView => ({
  id: gift.id,
  giverName: gift.giver_name,
  message: gift.message,
  title: gift.title,
  path: gift.path,
  coverUrl: gift.cover_url,
  state: gift.state === 'claimed' ? 'claimed' : 'sent',
});
