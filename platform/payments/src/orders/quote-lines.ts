import { type Ctx, serviceCtx } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
import { errors } from '../errors.ts';

/** A line as the buyer asks for it. A gift is one of the item for an e-mail address; seats are for people named later. */
export type AskedLine = {
  sku: string;
  quantity?: number | undefined;
  gift?: { email: string; name?: string | undefined; message?: string | undefined } | undefined;
  seats?: boolean | undefined;
};
export type Purpose = 'own' | 'gift' | 'seats';

/** A line as its market offers it now. Amounts are minor units. */
export type QuotedLine = {
  sku: string;
  kind: string;
  quantity: number;
  purpose: Purpose;
  gift: AskedLine['gift'] | null;
  title: string;
  summary: string;
  path: string;
  coverUrl: string;
  sellerId: string;
  sellerName: string;
  taxCategory: string;
  refundDays: number;
  unitPrice: number;
  currency: string;
  /** 0 is no limit. */
  maxQuantity: number;
  /** Why it cannot be bought; `null` when it can. */
  refusal: LineRefusal | null;
  plan: { interval: string; intervalCount: number; trialDays: number } | null;
  /** Present for what may also be paid in so many parts; the surcharge is in ten-thousandths of the price. */
  instalments: { parts: number; surcharge: number } | null;
  /** What the buyer gets with it, for what is several items at one price. */
  includes: IncludedItem[];
  /** All that it is made of, also what the buyer has already. */
  parts: QuotedPart[];
};
/** An item that comes with a line, as it was called when it was ordered. */
export type IncludedItem = { sku: string; title: string; path: string };
export type QuotedPart = IncludedItem & {
  coverUrl: string;
  /** Alone, in minor units of the line's currency; null when it is free. */
  price: number | null;
  owned: boolean;
};
export type LineRefusal =
  | 'not_found'
  | 'not_for_sale'
  | 'free'
  | 'already_owned'
  | 'sold_out'
  | 'not_giftable'
  | 'too_many'
  | 'in_bundle';

/** What a market may take to answer. */
const answerMs = 5_000;

/**
 * Asks the markets what the lines cost this buyer. The client names what it wants and never what it costs. Kinds that no
 * market here offers are refused like items that do not exist.
 */
export async function quoteLines(
  deps: Pick<PaymentDeps, 'sockets'>,
  input: { lines: readonly AskedLine[]; ownerId: string | null },
  ctx: Ctx,
): Promise<QuotedLine[]> {
  const quoted = new Map<number, QuotedLine>();
  // Whether the buyer owns an item already matters only for what they buy for themselves.
  const groups = new Map<string, { kind: string; owner: string; indexes: number[] }>();
  for (const [index, line] of input.lines.entries()) {
    const kind = kindOf(line.sku);
    const owner = purposeOf(line) === 'own' ? (input.ownerId ?? '') : '';
    const group = groups.get(`${kind} ${owner}`) ?? { kind, owner, indexes: [] };
    group.indexes.push(index);
    groups.set(`${kind} ${owner}`, group);
  }
  await Promise.all(
    [...groups.values()].map(async ({ kind, owner, indexes }) => {
      const market = deps.sockets.markets.of(kind);
      const asked = indexes.flatMap((index) => input.lines[index] ?? []);
      const answer = market
        ? await market.quote(
            {
              lines: asked.map((line) => ({ sku: line.sku, quantity: line.quantity ?? 1 })),
              ownerId: owner,
              locale: ctx.locale,
            },
            marketCtx(ctx),
          )
        : { items: [] };
      for (const [place, index] of indexes.entries()) {
        const line = input.lines[index];
        if (line) quoted.set(index, toQuoted(line, answer.items[place]));
      }
    }),
  );
  return refuseTwice(input.lines.flatMap((_line, index) => quoted.get(index) ?? []));
}

/** Nobody pays for an item that another line of the same order brings along. */
function refuseTwice(lines: readonly QuotedLine[]): QuotedLine[] {
  const brought = new Set(
    lines
      .filter(({ purpose, refusal }) => purpose === 'own' && refusal === null)
      .flatMap(({ includes }) => includes.map(({ sku }) => sku)),
  );
  return lines.map((line) =>
    line.purpose === 'own' && line.refusal === null && brought.has(line.sku) ? { ...line, refusal: 'in_bundle' } : line,
  );
}

/** The ctx in which payments asks a market: in its own name, for the buyer's language, not for ever. */
export function marketCtx(ctx: Ctx): Ctx {
  return {
    ...serviceCtx('payments', { traceparent: ctx.traceparent, locale: ctx.locale }),
    deadline: Math.min(ctx.deadline ?? Number.POSITIVE_INFINITY, Date.now() + answerMs),
  };
}

/** The part of an SKU before its colon: which market answers for it. */
export function kindOf(sku: string): string {
  return sku.split(':')[0] ?? '';
}

function purposeOf(line: AskedLine): Purpose {
  if (line.gift) return 'gift';
  return line.seats ? 'seats' : 'own';
}

type MarketItem = Awaited<
  ReturnType<NonNullable<ReturnType<PaymentDeps['sockets']['markets']['of']>>['quote']>
>['items'][number];

const refusals: readonly LineRefusal[] = ['not_found', 'not_for_sale', 'free', 'already_owned', 'sold_out'];

function toQuoted(line: AskedLine, item: MarketItem | undefined): QuotedLine {
  const purpose = purposeOf(line);
  const quantity = line.quantity ?? 1;
  const refused = refusals.find((refusal) => refusal === item?.refusal);
  // A gift is one, for one person.
  const most = purpose === 'gift' ? 1 : (item?.maxQuantity ?? 0);
  const base = {
    maxQuantity: most,
    sku: line.sku,
    kind: kindOf(line.sku),
    quantity,
    purpose,
    gift: line.gift ?? null,
    title: item?.title ?? line.sku,
    summary: item?.summary ?? '',
    path: item?.path ?? '',
    coverUrl: item?.coverUrl ?? '',
    sellerId: item?.sellerId ?? '',
    sellerName: item?.sellerName ?? '',
    taxCategory: item?.taxCategory ?? '',
    refundDays: item?.refundDays ?? 0,
    plan: item?.plan ?? null,
    instalments: instalmentsOf(item),
    includes: (item?.includes ?? []).map((sku): IncludedItem => {
      const part = item?.parts.find((one) => one.sku === sku);
      return { sku, title: part?.title ?? sku, path: part?.path ?? '' };
    }),
    parts: (item?.parts ?? []).map(({ sku, title, path, coverUrl, price, owned }) => ({
      sku,
      title,
      path,
      coverUrl,
      price: price ? Number(price.amount) : null,
      owned,
    })),
  };
  const refusal = (): LineRefusal | null => {
    if (!item) return 'not_found';
    if (refused) return refused;
    if (item.refusal !== '' || !item.unitPrice) return 'not_for_sale';
    if (purpose !== 'own' && !item.giftable) return 'not_giftable';
    return most > 0 && quantity > most ? 'too_many' : null;
  };
  return {
    ...base,
    unitPrice: Number(item?.unitPrice?.amount ?? 0n),
    currency: item?.unitPrice?.currency ?? '',
    refusal: refusal(),
  };
}

/** What a market allows within the bounds of this context; what is outside of them is not offered. */
function instalmentsOf(item: MarketItem | undefined): QuotedLine['instalments'] {
  if (!item?.instalments || item.plan) return null;
  const { parts, surcharge } = item.instalments;
  return parts >= 2 && parts <= 12 && surcharge >= 0 && surcharge <= 5000 ? { parts, surcharge } : null;
}

/** The lines of an order that is paid once: what renews itself is subscribed to instead. */
export function soldOnce(lines: readonly QuotedLine[]): QuotedLine[] {
  return lines.map((line) => (line.plan && line.refusal === null ? { ...line, refusal: 'not_for_sale' } : line));
}

/** @throws the error of the first line that cannot be bought */
export function requireForSale(lines: readonly QuotedLine[]): void {
  for (const { refusal, title, sku, maxQuantity } of lines) {
    if (refusal === null) continue;
    if (refusal === 'not_found') throw errors.item_unknown({ params: { sku } });
    if (refusal === 'free') throw errors.item_is_free({ params: { title } });
    if (refusal === 'already_owned') throw errors.item_already_owned({ params: { title } });
    if (refusal === 'not_giftable') throw errors.item_not_giftable({ params: { title } });
    if (refusal === 'in_bundle') throw errors.item_in_bundle({ params: { title } });
    if (refusal === 'too_many') throw errors.quantity_too_large({ params: { title, max: maxQuantity } });
    throw errors.item_not_for_sale({ params: { title } });
  }
}
