import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CouponForm } from '@/components/sales/coupons/coupon-form.tsx';
import { couponPaths } from '@/components/sales/coupons/coupon-room.ts';
import { getTimeZone } from '@/components/time/moment.tsx';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { PageHeading } from '../../page-heading.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sales'))('coupons.make') };
}

/** A coupon of the platform: good for everything, every course, or the items it names. */
export default async function NewCouponPage() {
  const t = await getTranslations('sales.coupons');
  const tCommon = await getTranslations('common');
  return (
    <>
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[{ label: t('title'), href: couponPaths.console }, { label: t('make') }]}
      />
      <div className="mt-3">
        <PageHeading title={t('make')} />
      </div>
      <CouponForm room="console" timeZone={await getTimeZone()} requestKey={randomUUID()} courses={[]} />
    </>
  );
}
