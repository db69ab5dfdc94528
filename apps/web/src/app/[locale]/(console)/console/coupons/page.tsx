import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api } from '@/api/client.ts';
import { pageOrFirst } from '@/api/page-or-first.ts';
import { CouponList } from '@/components/sales/coupons/coupon-list.tsx';
import { couponPaths } from '@/components/sales/coupons/coupon-room.ts';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { Link } from '@/i18n/navigation.ts';
import { ListPages } from '../list-pages.tsx';
import { one } from '../one.ts';
import { PageHeading } from '../page-heading.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sales'))('coupons.title') };
}

const path = couponPaths.console;

/** Everybody's coupons, newest first. */
export default async function CouponsPage({ searchParams }: PageProps<'/[locale]/console/coupons'>) {
  const query = await searchParams;
  const cursor = one(query.cursor);
  const made = one(query.made);
  const page = await pageOrFirst(
    await (await api()).GET('/api/coupons', { params: { query: { limit: 50, ...(cursor ? { cursor } : {}) } } }),
    path,
    { cursor },
  );
  const t = await getTranslations('sales.coupons');
  return (
    <>
      <PageHeading
        title={t('title')}
        actions={
          <Link href={`${path}/new`} className={buttonClasses({ size: 'sm' })}>
            <Plus aria-hidden="true" />
            {t('make')}
          </Link>
        }
      >
        {t('lead')}
      </PageHeading>
      {made && page.items.some(({ code }) => code === made) && (
        <Callout kind="success" className="mb-4" title={t('made', { code: made })} />
      )}
      <CouponList room="console" coupons={page.items} titles={new Map()} />
      <ListPages path={path} query={{}} cursor={cursor} nextCursor={page.nextCursor} />
    </>
  );
}
