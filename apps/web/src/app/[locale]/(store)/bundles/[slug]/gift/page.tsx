import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { GiftOf } from '../../../gift-page.tsx';
import { getBundle, sellableBundle } from '../bundle-data.ts';

type Props = { params: Promise<{ slug: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { title } = await getBundle((await params).slug);
  return { title: (await getTranslations('buying.gift'))('title', { title }), robots: { index: false } };
}

/** A bundle as a gift. */
export default async function BundleGiftPage({ params }: Props) {
  const bundle = await getBundle((await params).slug);
  if (bundle.state !== 'published') notFound();
  return <GiftOf item={sellableBundle(bundle)} title={bundle.title} coverUrl={bundle.coverUrl ?? ''} />;
}
