import { Gift, ShieldCheck, UsersRound } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { readCart } from '@/buying/cart-cookie.ts';
import { withCoupon } from '@/buying/coupon-in-link.ts';
import { kindOf } from '@/buying/kind-of.ts';
import { quoteItem, quoteItemInParts } from '@/buying/quote.ts';
import { type Instalments, InstalmentsTeaser } from '@/components/instalments/teaser.tsx';
import { Button, buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { cn } from '@/design/cn.ts';
import { Link } from '@/i18n/navigation.ts';
import { addToCart } from './cart/actions.ts';
import { ItemPrice } from './item-price.tsx';

/** Something with a price and a page: a course, a bundle. `path` is that page. */
export type Sellable = {
  sku: string;
  price: { amount: number; currency: string } | null;
  path: string;
  /** Absent for what is only paid at once. */
  instalments?: Instalments | null;
  /** Code of a coupon that the address of the page carries. */
  coupon?: string;
};

/** A course as the buy box takes it. */
export function sellableCourse(
  course: { id: string; slug: string; price: Sellable['price']; instalments: Instalments | null },
  coupon = '',
): Sellable {
  const { id, slug, price, instalments } = course;
  return { sku: `course:${id}`, price, path: `/courses/${slug}`, instalments, coupon };
}

const quiet =
  'inline-flex min-h-9 items-center gap-2 text-muted-foreground text-sm underline-offset-4 hover:text-foreground hover:underline [&_svg]:size-4';

/** What an item costs this person, every way to buy it, and under which rule the money comes back. */
export async function BuyBox({ item }: { item: Sellable }) {
  const { sku } = item;
  const [t, quoted, cart] = await Promise.all([getTranslations('buying'), quoteItem(sku, item.coupon), readCart()]);
  const inCart = cart.lines.some((line) => line.sku === sku && line.purpose === 'own');
  const coupon = quoted?.coupon?.applied ? quoted.coupon.code : '';
  // What the course says of its parts is for the whole price.
  const inParts = item.instalments && coupon ? await quoteItemInParts(sku, coupon) : item.instalments;
  const owned = quoted?.parts.filter((part) => part.owned).length ?? 0;
  return (
    <div className="space-y-4">
      <ItemPrice item={item} quoted={quoted} className="font-display text-3xl" />
      {inParts && quoted?.refusal === null && <InstalmentsTeaser instalments={inParts} />}
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
            <input type="hidden" name="coupon" value={coupon} />
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
              <input type="hidden" name="coupon" value={coupon} />
              <Button type="submit" variant="outline" size="lg" className="w-full">
                {t('buy.addToCart')}
              </Button>
            </form>
          )}
          <BuyForOthers item={item} coupon={coupon} />
          {!coupon && <TryCoupon code={item.coupon ?? ''} />}
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

/** Asks for the same page with a code in its address, so that the price it makes is seen at once; works without scripts. */
async function TryCoupon({ code }: { code: string }) {
  const t = await getTranslations('buying.coupon');
  return (
    <details open={code !== ''} className="text-sm">
      <summary className="inline-flex min-h-9 items-center text-muted-foreground underline-offset-4 hover:text-foreground hover:underline">
        {t('have')}
      </summary>
      <form method="get" className="mt-2">
        <Field id="coupon" label={t('label')}>
          {(control) => (
            <span className="flex gap-2">
              <Input
                name="coupon"
                defaultValue={code}
                maxLength={40}
                autoComplete="off"
                autoCapitalize="characters"
                spellCheck={false}
                className="min-w-0 uppercase"
                {...control}
              />
              <Button type="submit" variant="outline">
                {t('apply')}
              </Button>
            </span>
          )}
        </Field>
      </form>
    </details>
  );
}

/** An item for somebody else, which one may already have oneself. */
export async function BuyForOthers({ item, coupon = '' }: { item: Sellable; coupon?: string }) {
  const t = await getTranslations('buying.buy');
  return (
    <div className="flex flex-wrap items-center gap-x-5">
      <Link href={withCoupon(`${item.path}/gift`, coupon)} prefetch={false} className={quiet}>
        <Gift aria-hidden="true" />
        {t('asGift')}
      </Link>
      <form action={addToCart}>
        <input type="hidden" name="sku" value={item.sku} />
        <input type="hidden" name="purpose" value="seats" />
        <input type="hidden" name="coupon" value={coupon} />
        <button type="submit" className={quiet}>
          <UsersRound aria-hidden="true" />
          {t('forTeam')}
        </button>
      </form>
    </div>
  );
}
