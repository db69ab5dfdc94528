import { Gift, Undo2, UserRound, UsersRound } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { CartLine } from '@/buying/cart.ts';
import { readCart } from '@/buying/cart-cookie.ts';
import { Included } from '@/buying/included.tsx';
import { ItemCover } from '@/buying/item-cover.tsx';
import { type QuotedLine, quoteCart } from '@/buying/quote.ts';
import { Totals } from '@/buying/totals.tsx';
import { Button, buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Price } from '@/components/ui/price.tsx';
import { cn } from '@/design/cn.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Link } from '@/i18n/navigation.ts';
import { removeFromCart, undoRemoval } from './actions.ts';
import { CouponForm } from './coupon-form.tsx';
import { QuantityForm } from './quantity-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('buying.cart'))('title'), robots: { index: false } };
}

/** What somebody is about to buy, signed in or not. Prices are of this moment. */
export default async function CartPage({ searchParams }: PageProps<'/[locale]/cart'>) {
  const { full } = await searchParams;
  const [t, tRefund, cart, quoted] = await Promise.all([
    getTranslations('buying.cart'),
    getTranslations('buying.refundRule'),
    readCart(),
    quoteCart(),
  ]);
  const removed = cart.removed && <Removed />;
  if (quoted.kind === 'empty') {
    return (
      <div className="page-column max-w-3xl py-8 md:py-12">
        <h1 className="text-3xl">{t('title')}</h1>
        <div className="mt-8 space-y-6">
          {removed}
          <EmptyState
            title={t('emptyTitle')}
            action={
              <>
                <Link href="/courses" className={buttonClasses({})}>
                  {t('findCourses')}
                </Link>
                <Link href="/wish-list" prefetch={false} className={buttonClasses({ variant: 'outline' })}>
                  {t('wishList')}
                </Link>
              </>
            }
          >
            {t('emptyText')}
          </EmptyState>
        </div>
      </div>
    );
  }
  const quote = quoted.kind === 'quoted' ? quoted.quote : null;
  const buyable = quote?.buyable ?? false;
  const refundDays = Math.min(...quoted.lines.map((one) => one.quoted.refundDays));
  return (
    <div className="page-column py-8 md:py-12">
      <h1 className="text-3xl">{t('title')}</h1>
      <div className="mt-8 grid items-start gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0 space-y-4">
          {full && <Callout kind="warning" title={t('full')} />}
          {removed}
          {!quote && (
            <Callout kind="warning" title={t('mixedTitle')}>
              {t('mixedText')}
            </Callout>
          )}
          {quote && !buyable && (
            <Callout kind="warning" title={t('refusedTitle')}>
              {t('refusedText')}
            </Callout>
          )}
          <ClientMessages areas={['buying']}>
            <ul className="divide-y border-y">
              {quoted.lines.map((one) => (
                <Line key={one.line.id} {...one} />
              ))}
            </ul>
          </ClientMessages>
        </div>
        <section aria-labelledby="summary" className="rounded-lg border bg-card p-5 lg:sticky lg:top-24">
          <h2 id="summary" className="sr-only">
            {t('summary')}
          </h2>
          {quote && (
            <>
              <Totals {...quote} coupon={quote.coupon?.applied ? quote.coupon.code : null} />
              {!cart.country && <p className="mt-2 text-muted-foreground text-xs">{t('taxesLater')}</p>}
              <div className="mt-5 border-t pt-4">
                <ClientMessages areas={['buying']}>
                  <CouponForm
                    code={quote.coupon?.code ?? ''}
                    applied={quote.coupon?.applied ?? false}
                    problem={quote.coupon?.problem?.title ?? null}
                  />
                </ClientMessages>
              </div>
            </>
          )}
          {buyable && (
            <Link href="/checkout" prefetch={false} className={cn(buttonClasses({ size: 'lg' }), 'mt-5 w-full')}>
              {t('checkout')}
            </Link>
          )}
          {refundDays > 0 && (
            <p className="mt-3 text-center text-muted-foreground text-xs">{tRefund('short', { days: refundDays })}</p>
          )}
        </section>
      </div>
    </div>
  );
}

async function Removed() {
  const t = await getTranslations('buying.cart');
  const tCommon = await getTranslations('common');
  return (
    <form
      action={undoRemoval}
      role="status"
      className="flex items-center justify-between gap-3 rounded-lg border bg-muted px-4 py-2 text-sm"
    >
      <span>{t('removed')}</span>
      <Button type="submit" variant="ghost" size="sm">
        <Undo2 aria-hidden="true" />
        {tCommon('undo')}
      </Button>
    </form>
  );
}

const purposeIcons = { own: UserRound, gift: Gift, seats: UsersRound };

async function Line({ line, quoted }: { line: CartLine; quoted: QuotedLine }) {
  const t = await getTranslations('buying');
  const Icon = purposeIcons[line.purpose];
  const { title, refusal } = quoted;
  return (
    <li className="flex gap-4 py-5 sm:gap-5">
      <ItemCover sku={line.sku} coverUrl={quoted.coverUrl} />
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <h2 className="min-w-0 font-display text-lg leading-6">
            {quoted.path ? (
              <Link href={quoted.path} prefetch={false} className="underline-offset-4 hover:underline">
                {title}
              </Link>
            ) : (
              title
            )}
          </h2>
          {!refusal && quoted.unitPrice && (
            <span className="tabular font-medium">
              <Price money={{ ...quoted.unitPrice, amount: quoted.unitPrice.amount * quoted.quantity }} />
            </span>
          )}
        </div>
        <p className="flex items-start gap-2 text-muted-foreground text-sm">
          <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          <span className="wrap-anywhere min-w-0">
            {line.gift ? t('purpose.giftFor', { email: line.gift.email }) : t(`purpose.${line.purpose}`)}
          </span>
        </p>
        {!refusal && <Included items={quoted.includes} />}
        {refusal && (
          <p className="text-destructive text-sm">
            {t(`refusal.${refusal}`)}{' '}
            {refusal === 'already_owned' && (
              <Link href={quoted.path} prefetch={false} className="underline underline-offset-4">
                {t('buy.continue')}
              </Link>
            )}
          </p>
        )}
        <div className="mt-auto flex flex-wrap items-center justify-between gap-x-4 gap-y-2 pt-1">
          {line.purpose === 'seats' && !refusal ? (
            <QuantityForm line={line.id} quantity={line.quantity} title={title} />
          ) : null}
          <form action={removeFromCart} className="ms-auto">
            <input type="hidden" name="line" value={line.id} />
            <Button
              type="submit"
              variant="ghost"
              size="sm"
              aria-label={t('cart.removeOf', { title })}
              className="-me-3"
            >
              {t('cart.remove')}
            </Button>
          </form>
        </div>
      </div>
    </li>
  );
}
