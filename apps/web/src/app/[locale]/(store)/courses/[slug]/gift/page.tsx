import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { couponInLink } from '@/buying/coupon-in-link.ts';
import { sellableCourse } from '../../../buy-box.tsx';
import { GiftOf } from '../../../gift-page.tsx';
import { getCourse } from '../course-data.ts';

type Props = PageProps<'/[locale]/courses/[slug]/gift'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const course = await getCourse((await params).slug);
  return { title: (await getTranslations('buying.gift'))('title', { title: course.title }), robots: { index: false } };
}

/** A course as a gift. */
export default async function GiftPage({ params, searchParams }: Props) {
  const course = await getCourse((await params).slug);
  if (!course.price || course.state !== 'published') notFound();
  return (
    <GiftOf
      item={sellableCourse(course, couponInLink(await searchParams))}
      title={course.title}
      coverUrl={course.coverUrl ?? ''}
    />
  );
}
