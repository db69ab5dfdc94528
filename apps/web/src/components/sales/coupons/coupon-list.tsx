import { Plus } from 'lucide-react';
import { getFormatter, getTranslations } from 'next-intl/server';
import { withCoupon } from '@/buying/coupon-in-link.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { Link } from '@/i18n/navigation.ts';
import type { Coupon } from '../types.ts';
import { type CouponRoom, couponPaths } from './coupon-room.ts';
import { SwitchCoupon } from './switch-coupon.tsx';

type CouponListProps = {
  room: CouponRoom;
  coupons: readonly Coupon[];
  /** Titles of courses by their id, where they are known. */
  titles: ReadonlyMap<string, string>;
};

/** Coupons with what they take off, for what, how long and how often. */
export async function CouponList({ room, coupons, titles }: CouponListProps) {
  const t = await getTranslations('sales.coupons');
  const format = await getFormatter();
  if (coupons.length === 0)
    return (
      <EmptyState
        title={t('emptyTitle')}
        action={
          <Link href={`${couponPaths[room]}/new`} className={buttonClasses({ variant: 'outline' })}>
            <Plus aria-hidden="true" />
            {t('make')}
          </Link>
        }
      >
        {t('emptyText')}
      </EmptyState>
    );
  return (
    <>
      <p className="mb-4 max-w-prose text-muted-foreground text-sm">{t('linkHelp')}</p>
      <Table caption={t('title')} dense>
        <TableHead>
          <TableRow>
            <TableHeader>{t('code')}</TableHeader>
            <TableHeader>{t('state')}</TableHeader>
            <TableHeader className="text-end">{t('takesOff')}</TableHeader>
            <TableHeader>{t('goodFor')}</TableHeader>
            <TableHeader>{t('window')}</TableHeader>
            <TableHeader className="text-end">{t('used')}</TableHeader>
            <TableHeader className="text-end">{t('actions')}</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {coupons.map((coupon) => (
            <TableRow key={coupon.id}>
              <TableHeader scope="row" className="font-mono text-foreground text-sm">
                {coupon.code}
              </TableHeader>
              <TableCell>
                <State coupon={coupon} />
              </TableCell>
              <TableCell className="tabular whitespace-nowrap text-end">
                {coupon.amount ? (
                  <Price money={coupon.amount} />
                ) : (
                  format.number((coupon.percent ?? 0) / 10_000, { style: 'percent', maximumFractionDigits: 2 })
                )}
              </TableCell>
              <TableCell>
                <span
                  className="block max-w-64 truncate"
                  title={coupon.skus.map((sku) => nameOf(sku, titles)).join('\n')}
                >
                  <GoodFor coupon={coupon} titles={titles} />
                </span>
              </TableCell>
              <TableCell className="tabular whitespace-nowrap">
                {!coupon.startsAt && !coupon.endsAt && t('always')}
                {coupon.startsAt && (
                  <span className="block">
                    {t('fromOn')} <Moment at={coupon.startsAt} />
                  </span>
                )}
                {coupon.endsAt && (
                  <span className="block">
                    {t('untilOn')} <Moment at={coupon.endsAt} />
                  </span>
                )}
              </TableCell>
              <TableCell className="tabular whitespace-nowrap text-end">
                {coupon.maxUses === null
                  ? format.number(coupon.used)
                  : t('usedOf', { used: coupon.used, max: coupon.maxUses })}
                {coupon.maxUsesPerPerson !== null && (
                  <span className="block text-muted-foreground text-xs">
                    {t('perPerson', { count: coupon.maxUsesPerPerson })}
                  </span>
                )}
              </TableCell>
              <TableCell>
                <SwitchCoupon coupon={coupon.id} code={coupon.code} active={coupon.active} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </>
  );
}

/** For what a coupon is; one for a single course leads to its page, with the price that it makes. */
async function GoodFor({ coupon, titles }: { coupon: Coupon; titles: ReadonlyMap<string, string> }) {
  const t = await getTranslations('sales.coupons');
  const { skus, sellerId, code } = coupon;
  if (skus.length === 0) return sellerId === null ? t('everything') : t('allMine');
  const names = skus.map((sku) => (sku === 'course:*' ? t('everyCourse') : nameOf(sku, titles))).join(', ');
  const course = skus.length === 1 ? /^course:([\w-]{36})$/.exec(skus[0] ?? '')?.[1] : undefined;
  if (!course) return names;
  return (
    <TextLink href={withCoupon(`/courses/${course}`, code)} prefetch={false}>
      {names}
    </TextLink>
  );
}

function nameOf(sku: string, titles: ReadonlyMap<string, string>): string {
  return titles.get(sku.replace(/^course:/, '')) ?? sku;
}

async function State({ coupon }: { coupon: Coupon }) {
  const t = await getTranslations('sales.coupons');
  const now = Date.now();
  if (!coupon.active) return <Badge tone="neutral">{t('off')}</Badge>;
  if (coupon.endsAt && Date.parse(coupon.endsAt) <= now) return <Badge tone="neutral">{t('over')}</Badge>;
  if (coupon.maxUses !== null && coupon.used >= coupon.maxUses) return <Badge tone="neutral">{t('usedUp')}</Badge>;
  if (coupon.startsAt && Date.parse(coupon.startsAt) > now) return <Badge tone="info">{t('notYet')}</Badge>;
  return <Badge tone="success">{t('on')}</Badge>;
}
