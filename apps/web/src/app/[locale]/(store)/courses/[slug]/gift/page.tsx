import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ItemCover } from '@/buying/item-cover.tsx';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { Price } from '@/components/ui/price.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { getSession } from '@/session/session.ts';
import { getCourse } from '../course-data.ts';
import { GiftForm } from './gift-form.tsx';

type Props = { params: Promise<{ slug: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const course = await getCourse((await params).slug);
  return { title: (await getTranslations('buying.gift'))('title', { title: course.title }), robots: { index: false } };
}

/** A course as a gift: for whom, and what to say. */
export default async function GiftPage({ params }: Props) {
  const course = await getCourse((await params).slug);
  if (!course.price || course.state !== 'published') notFound();
  const t = await getTranslations('buying.gift');
  const tCommon = await getTranslations('common');
  const sku = `course:${course.id}`;
  return (
    <div className="page-column max-w-2xl py-8 md:py-12">
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[
          { label: tCommon('courses'), href: '/courses' },
          { label: course.title, href: `/courses/${course.slug}` },
          { label: t('crumb') },
        ]}
      />
      <div className="mt-6 flex items-center gap-5">
        <ItemCover sku={sku} coverUrl={course.coverUrl ?? ''} />
        <div className="min-w-0">
          <h1 className="text-2xl sm:text-3xl">{t('title', { title: course.title })}</h1>
          <p className="mt-1 text-muted-foreground">
            <Price money={course.price} />
          </p>
        </div>
      </div>
      <p className="mt-6 mb-8 text-muted-foreground">{t('text')}</p>
      <ClientMessages areas={['buying']}>
        <GiftForm sku={sku} name={(await getSession())?.user.name ?? ''} />
      </ClientMessages>
    </div>
  );
}
