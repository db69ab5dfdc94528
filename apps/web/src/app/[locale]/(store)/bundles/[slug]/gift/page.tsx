import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { couponInLink } from '@/buying/coupon-in-link.ts';
import { GiftOf } from '../../../gift-page.tsx';
import { getBundle, sellableBundle } from '../bundle-data.ts';

type Props = PageProps<'/[locale]/bundles/[slug]/gift'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { title } = await getBundle((await params).slug);
  return { title: (await getTranslations('buying.gift'))('title', { title }), robots: { index: false } };
}

/** A bundle as a gift. */
export default async function BundleGiftPage({ params, searchParams }: Props) {
  const bundle = await getBundle((await params).slug);
  if (bundle.state !== 'published') notFound();
  return (
    <GiftOf
      item={sellableBundle(bundle, couponInLink(await searchParams))}
      title={bundle.title}
      coverUrl={bundle.coverUrl ?? ''}
    />
  );
}
