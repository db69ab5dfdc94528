import { TrendingDown, TrendingUp, X } from 'lucide-react';
import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import { ItemCover } from '@/buying/item-cover.tsx';
import { priceChange } from '@/buying/wishes.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Button, buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Link } from '@/i18n/navigation.ts';
import { getSession } from '@/session/session.ts';
import { moveToCart, setWish } from './actions.ts';
import { type KeptCourse, readWishes } from './read-wishes.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('buying.wish'))('title'), robots: { index: false } };
}

/** Courses kept for later, what they cost now and what they cost then. Without an account the browser keeps them. */
export default async function WishListPage({ searchParams }: PageProps<'/[locale]/wish-list'>) {
  const { full, cursor } = await searchParams;
  const [t, session, { items, next }] = await Promise.all([
    getTranslations('buying.wish'),
    getSession(),
    readWishes(typeof cursor === 'string' ? cursor : undefined),
  ]);
  return (
    <div className="page-column max-w-3xl py-8 md:py-12">
      <h1 className="text-3xl">{t('title')}</h1>
      <div className="mt-8 space-y-6">
        {full && <Callout kind="warning" title={t('full')} />}
        {items.length === 0 ? (
          <EmptyState
            title={t('emptyTitle')}
            action={
              <Link href="/courses" className={buttonClasses({})}>
                {t('findCourses')}
              </Link>
            }
          >
            {t('emptyText')}
          </EmptyState>
        ) : (
          <ul className="divide-y border-y">
            {items.map((item) => (
              <Wish key={item.course.id} {...item} />
            ))}
          </ul>
        )}
        {!session && items.length > 0 && (
          <p className="text-muted-foreground text-sm">
            {t('inBrowser')}{' '}
            <a href="/auth/sign-in" className="underline underline-offset-4">
              {t('signIn')}
            </a>
          </p>
        )}
        {next && <LoadMore href={`/wish-list?cursor=${encodeURIComponent(next)}`}>{t('more')}</LoadMore>}
      </div>
    </div>
  );
}

async function Wish({ course, savedAt, savedPrice }: KeptCourse) {
  const [t, format] = await Promise.all([getTranslations('buying.wish'), getFormatter()]);
  const { id, title } = course;
  const forSale = course.state === 'published';
  const change = forSale ? priceChange(savedPrice, course.price) : null;
  return (
    <li className="flex gap-4 py-5 sm:gap-5">
      <ItemCover sku={`course:${id}`} coverUrl={course.coverUrl ?? ''} />
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <h2 className="min-w-0 font-display text-lg leading-6">
            <Link href={`/courses/${course.slug}`} prefetch={false} className="underline-offset-4 hover:underline">
              {title}
            </Link>
          </h2>
          {forSale && <Price money={course.price} className="font-medium" />}
        </div>
        {change && (
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
            <Badge tone={change === 'lower' ? 'success' : 'neutral'}>
              {change === 'lower' ? <TrendingDown aria-hidden="true" /> : <TrendingUp aria-hidden="true" />}
              {t(`change.${change}`)}
            </Badge>
            <span className="text-muted-foreground">
              {t.rich('was', { price: () => <Price money={savedPrice} className="line-through" /> })}
            </span>
          </p>
        )}
        <p className="text-muted-foreground text-sm">
          {forSale
            ? t('keptOn', { date: format.dateTime(new Date(savedAt), { dateStyle: 'medium' }) })
            : t('notForSale')}
        </p>
        <div className="mt-auto flex flex-wrap items-center justify-between gap-x-4 gap-y-2 pt-1">
          {forSale && course.price ? (
            <form action={moveToCart}>
              <input type="hidden" name="course" value={id} />
              <Button type="submit" variant="outline" size="sm" aria-label={t('moveOf', { title })}>
                {t('move')}
              </Button>
            </form>
          ) : (
            <Link
              href={`/courses/${course.slug}`}
              prefetch={false}
              className={buttonClasses({ variant: 'outline', size: 'sm' })}
            >
              {t('look')}
            </Link>
          )}
          <form action={setWish}>
            <input type="hidden" name="course" value={id} />
            <input type="hidden" name="wished" value="no" />
            <Button type="submit" variant="ghost" size="sm" className="-me-3" aria-label={t('forgetOf', { title })}>
              <X aria-hidden="true" />
              {t('forget')}
            </Button>
          </form>
        </div>
      </div>
    </li>
  );
}
