import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { CouponForm } from '@/components/sales/coupons/coupon-form.tsx';
import { couponPaths } from '@/components/sales/coupons/coupon-room.ts';
import { mayOpenConsole } from '@/components/shell/rooms.ts';
import { getTimeZone } from '@/components/time/moment.tsx';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { redirect } from '@/i18n/navigation.ts';
import { requireSession } from '@/session/session.ts';
import { readOwnCourses } from '../read-own-courses.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sales'))('coupons.make') };
}

/** A coupon for the person's own courses. What an operator makes is the platform's: that is done in the console. */
export default async function NewOwnCouponPage() {
  const { user } = await requireSession();
  if (mayOpenConsole(user.roles)) redirect({ href: `${couponPaths.console}/new`, locale: await getLocale() });
  const t = await getTranslations('sales.coupons');
  const tCommon = await getTranslations('common');
  return (
    <>
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[{ label: t('title'), href: couponPaths.studio }, { label: t('make') }]}
      />
      <h1 className="mt-3 mb-5 text-2xl">{t('make')}</h1>
      <CouponForm
        room="studio"
        timeZone={await getTimeZone()}
        requestKey={randomUUID()}
        courses={await readOwnCourses()}
      />
    </>
  );
}
