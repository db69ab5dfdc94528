import {
  InstalmentPlanChanged,
  MarketService,
  OrderPaid,
  OrderRefunded,
  PlatformService,
  PurchaseAssigned,
  PurchaseUnassigned,
} from '@stoa/contracts';
import { defineContext, on, served, statement } from '@stoa/kernel';

type ItemRow = {
  sku: string;
  title: string;
  price: number | null;
  currency: string;
  seller_id: string;
  capacity: number | null;
  refund_days: number;
  tax_category: string;
  interval: string | null;
  trial_days: number;
  includes: string[];
  instalment_parts: number | null;
  instalment_surcharge: number;
};
const findItems = statement<[skus: string[]], ItemRow>('market.find_items', 'select * from items where sku = any($1)');
const ownedBy = statement<[owner: string], { sku: string }>(
  'market.owned_by',
  'select sku from grants where owner_id = $1 and not revoked',
);
const lockItem = statement<[sku: string], { capacity: number | null }>(
  'market.lock_item',
  'select capacity from items where sku = $1 for update',
);
const heldOf = statement<[sku: string, orderId: string], { held: number }>(
  'market.held_of',
  'select coalesce(sum(quantity), 0) as held from holds where sku = $1 and order_id <> $2',
);
const hold = statement<[orderId: string, sku: string, quantity: number], never>(
  'market.hold',
  'insert into holds (order_id, sku, quantity) values ($1, $2, $3) on conflict do nothing',
);
const release = statement<[orderId: string], never>(
  'market.release',
  'delete from holds h where order_id = $1 and not exists (select 1 from grants g where g.order_id = $1)',
);
const grant = statement<[orderId: string, lineId: string, owner: string, sku: string, source: string], never>(
  'market.grant',
  'insert into grants (order_id, line_id, owner_id, sku, source) values ($1, $2, $3, $4, $5)',
);
const lend = statement<[planId: string, owner: string, sku: string, revoked: boolean], never>(
  'market.lend',
  `insert into grants (order_id, line_id, owner_id, sku, source, revoked) values ($1, $1, $2, $3, 'instalments', $4)
   on conflict (line_id, owner_id, source) do update set revoked = excluded.revoked`,
);
const revokeLine = statement<[lineId: string], never>(
  'market.revoke_line',
  'update grants set revoked = true where line_id = $1',
);
const revokeSeat = statement<[lineId: string, owner: string], never>(
  'market.revoke_seat',
  'update grants set revoked = true where line_id = $1 and owner_id = $2',
);

/** A market that sells courses with a price and, some of them, a limit; and gives access to whoever paid. */
export const market = defineContext({
  name: 'market',
  migrations: new URL('./market-migrations/', import.meta.url),
  plugs: [{ contract: MarketService, kinds: ['course', 'plan', 'bundle'] }],
  serves: PlatformService,
  create: ({ db }) => ({
    api: {
      readEvents: async () => ({}),
      getActivity: async () => ({}),
      listParked: async () => ({}),
      replayParked: async () => ({}),
      listReplays: async () => ({}),
    },
    plugs: [
      served(MarketService, {
        quote: async ({ lines, ownerId }) => {
          const items = new Map((await db.rows(findItems, [lines.map(({ sku }) => sku)])).map((row) => [row.sku, row]));
          const owned = new Set(ownerId ? (await db.rows(ownedBy, [ownerId])).map((row) => row.sku) : []);
          return {
            items: lines.map(({ sku }) => {
              const item = items.get(sku);
              if (!item) return { sku, refusal: 'not_found' };
              const common = {
                sku,
                title: item.title,
                sellerId: item.seller_id,
                sellerName: item.seller_id ? 'A seller' : '',
                taxCategory: item.tax_category,
                refundDays: item.refund_days,
                giftable: true,
                maxQuantity: ownerId ? 1 : 0,
                includes: item.includes,
                parts: item.includes.map((part, index) => ({
                  sku: part,
                  title: `Part ${index + 1}`,
                  path: `/parts/${index + 1}`,
                  price: { amount: 10_000n, currency: item.currency },
                })),
                ...(item.instalment_parts
                  ? { instalments: { parts: item.instalment_parts, surcharge: item.instalment_surcharge } }
                  : {}),
                ...(item.interval
                  ? { plan: { interval: item.interval, intervalCount: 1, trialDays: item.trial_days } }
                  : {}),
              };
              if (item.price === null) return { ...common, refusal: 'free' };
              const unitPrice = { amount: BigInt(item.price), currency: item.currency };
              return owned.has(sku) && !item.interval
                ? { ...common, unitPrice, refusal: 'already_owned' }
                : { ...common, unitPrice };
            }),
          };
        },
        hold: ({ orderId, lines }) =>
          db.transaction(async (tx) => {
            const refusedSkus: string[] = [];
            for (const { sku, quantity } of lines) {
              const capacity = (await tx.row(lockItem, [sku]))?.capacity ?? null;
              const held = (await tx.row(heldOf, [sku, orderId]))?.held ?? 0;
              if (capacity !== null && held + quantity > capacity) refusedSkus.push(sku);
            }
            if (refusedSkus.length === 0)
              for (const { sku, quantity } of lines) await tx.run(hold, [orderId, sku, quantity]);
            return { refusedSkus };
          }),
        release: async ({ orderId }) => {
          await db.run(release, [orderId]);
          return {};
        },
      }),
    ],
    on: [
      on(OrderPaid, async ({ data }, tx) => {
        for (const line of data.lines)
          if (line.ownerId && !line.instalment)
            await tx.run(grant, [data.orderId, line.lineId, line.ownerId, line.sku, 'order']);
      }),
      on(InstalmentPlanChanged, async ({ data }, tx) => {
        await tx.run(lend, [data.planId, data.buyerId, data.sku, !data.entitled]);
      }),
      on(PurchaseAssigned, async ({ data }, tx) => {
        if (data.line)
          await tx.run(grant, [data.orderId, data.line.lineId, data.ownerId, data.line.sku, data.assignmentId]);
      }),
      on(PurchaseUnassigned, async ({ data }, tx) => {
        if (data.line) await tx.run(revokeSeat, [data.line.lineId, data.ownerId]);
      }),
      on(OrderRefunded, async ({ data }, tx) => {
        for (const line of data.revoked) await tx.run(revokeLine, [line.lineId]);
      }),
    ],
  }),
});
