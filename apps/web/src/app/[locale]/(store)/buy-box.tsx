import { Gift, ShieldCheck, UsersRound } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { readCart } from '@/buying/cart-cookie.ts';
import { kindOf } from '@/buying/kind-of.ts';
import { quoteItem } from '@/buying/quote.ts';
import { type Instalments, InstalmentsTeaser } from '@/components/instalments/teaser.tsx';
import { Button, buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { Price } from '@/components/ui/price.tsx';
import { cn } from '@/design/cn.ts';
import { Link } from '@/i18n/navigation.ts';
import { addToCart } from './cart/actions.ts';

/** Something with a price and a page: a course, a bundle. `path` is that page. */
export type Sellable = {
  sku: string;
  price: { amount: number; currency: string } | null;
  path: string;
  /** Absent for what is only paid at once. */
  instalments?: Instalments | null;
};

/** A course as the buy box takes it. */
export function sellableCourse(course: {
  id: string;
  slug: string;
  price: Sellable['price'];
  instalments: Instalments | null;
}): Sellable {
  const { id, slug, price, instalments } = course;
  return { sku: `course:${id}`, price, path: `/courses/${slug}`, instalments };
}

const quiet =
  'inline-flex min-h-9 items-center gap-2 text-muted-foreground text-sm underline-offset-4 hover:text-foreground hover:underline [&_svg]:size-4';

/** What an item costs this person, every way to buy it, and under which rule the money comes back. */
export async function BuyBox({ item }: { item: Sellable }) {
  const { sku } = item;
  const [t, quoted, cart] = await Promise.all([getTranslations('buying'), quoteItem(sku), readCart()]);
  const inCart = cart.lines.some((line) => line.sku === sku && line.purpose === 'own');
  const price = quoted?.unitPrice ?? item.price;
  const worth = quoted?.worth ?? null;
  const saved = worth && quoted?.unitPrice ? worth.amount - quoted.unitPrice.amount : 0;
  const owned = quoted?.parts.filter((part) => part.owned).length ?? 0;
  return (
    <div className="space-y-4">
      <p className="font-display text-3xl">
        <Price money={price} />
      </p>
      {item.instalments && quoted?.refusal === null && <InstalmentsTeaser instalments={item.instalments} />}
      {worth && saved > 0 && (
        <p className="text-sm">
          <span className="sr-only">{t('bundle.oneByOne')}</span>{' '}
          <Price money={worth} className="text-muted-foreground line-through" />{' '}
          <span className="font-medium text-success">
            {t.rich('bundle.saves', { amount: () => <Price money={{ ...worth, amount: saved }} /> })}
          </span>
        </p>
      )}
      {quoted && owned > 0 && quoted.refusal === null && (
        <p className="text-muted-foreground text-sm">{t('bundle.prorated', { owned, count: quoted.parts.length })}</p>
      )}
      {!quoted || (quoted.refusal && quoted.refusal !== 'already_owned') ? (
        <Callout kind="warning" title={t('buy.notNow')}>
          {t('buy.notNowText')}
        </Callout>
      ) : (
        <>
          <form action={addToCart}>
            <input type="hidden" name="sku" value={sku} />
            <input type="hidden" name="then" value="checkout" />
            <Button type="submit" size="lg" className="w-full">
              {t('buy.now')}
            </Button>
          </form>
          {inCart ? (
            <Link
              href="/cart"
              prefetch={false}
              className={cn(buttonClasses({ variant: 'outline', size: 'lg' }), 'w-full')}
            >
              {t('buy.inCart')}
            </Link>
          ) : (
            <form action={addToCart}>
              <input type="hidden" name="sku" value={sku} />
              <Button type="submit" variant="outline" size="lg" className="w-full">
                {t('buy.addToCart')}
              </Button>
            </form>
          )}
          <BuyForOthers item={item} />
          {quoted.refundDays > 0 && (
            <p className="flex gap-3 border-t pt-4 text-muted-foreground text-sm">
              <ShieldCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-success" />
              <span>{t('refundRule.long', { days: quoted.refundDays, kind: kindOf(sku) })}</span>
            </p>
          )}
        </>
      )}
    </div>
  );
}

/** An item for somebody else, which one may already have oneself. */
export async function BuyForOthers({ item }: { item: Sellable }) {
  const t = await getTranslations('buying.buy');
  return (
    <div className="flex flex-wrap items-center gap-x-5">
      <Link href={`${item.path}/gift`} prefetch={false} className={quiet}>
        <Gift aria-hidden="true" />
        {t('asGift')}
      </Link>
      <form action={addToCart}>
        <input type="hidden" name="sku" value={item.sku} />
        <input type="hidden" name="purpose" value="seats" />
        <button type="submit" className={quiet}>
          <UsersRound aria-hidden="true" />
          {t('forTeam')}
        </button>
      </form>
    </div>
  );
}
