import { Check } from 'lucide-react';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { couponInLink, withCoupon } from '@/buying/coupon-in-link.ts';
import { quoteItem } from '@/buying/quote.ts';
import { CoverArt } from '@/components/brand/cover-art.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { Picture } from '@/components/ui/picture.tsx';
import { isAppLocale } from '@/i18n/locales.ts';
import { redirect } from '@/i18n/navigation.ts';
import { pageAddresses, siteOrigin } from '@/seo/addresses.ts';
import { BuyBox, BuyForOthers } from '../../buy-box.tsx';
import { CourseCard } from '../../course-card.tsx';
import { getBundle, sellableBundle } from './bundle-data.ts';
import { structuredBundle } from './structured-bundle.ts';

type Props = PageProps<'/[locale]/bundles/[slug]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const bundle = await getBundle((await params).slug);
  const description = bundle.summary || bundle.courses.map(({ title }) => title).join(', ');
  const [first] = bundle.courses;
  const image = bundle.coverUrl ?? first?.coverUrl ?? (first && `/og/courses/${encodeURIComponent(first.slug)}.png`);
  return {
    ...(await pageAddresses({
      path: `/bundles/${bundle.slug}`,
      locale: await getLocale(),
      available: bundle.languages.filter(isAppLocale),
    })),
    title: bundle.title,
    description,
    openGraph: {
      type: 'website',
      siteName: 'Stoa',
      title: bundle.title,
      description,
      locale: bundle.shownIn,
      ...(image ? { images: [{ url: image, alt: bundle.title }] } : {}),
    },
    twitter: { card: 'summary_large_image' },
    ...(bundle.state === 'published' ? {} : { robots: { index: false } }),
  };
}

/** Several courses at one price: which, what they cost together and one by one, and which of them one has. */
export default async function BundlePage({ params, searchParams }: Props) {
  const [{ slug }, query, locale] = await Promise.all([params, searchParams, getLocale()]);
  const coupon = couponInLink(query);
  const bundle = await getBundle(slug);
  if (decodeURIComponent(slug) !== bundle.slug)
    redirect({ href: withCoupon(`/bundles/${bundle.slug}`, coupon), locale });
  const item = sellableBundle(bundle, coupon);
  const [t, tCourse, tCommon, quoted] = await Promise.all([
    getTranslations('buying.bundle'),
    getTranslations('course'),
    getTranslations('common'),
    quoteItem(item.sku, item.coupon),
  ]);
  const owned = new Set(quoted?.parts.flatMap((part) => (part.owned ? [part.sku] : [])));
  const lang = bundle.shownIn === locale ? undefined : bundle.shownIn;
  const paragraphs = bundle.description.split(/\n\s*\n/).filter((text) => text.trim() !== '');
  return (
    <>
      <script
        type="application/ld+json"
        // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON with every `<` escaped, see structuredBundle
        dangerouslySetInnerHTML={{ __html: structuredBundle(bundle, await siteOrigin(), locale) }}
      />
      <div className="page-column grid gap-x-12 gap-y-8 py-8 md:py-12 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0">
          <Breadcrumb
            label={tCommon('breadcrumb')}
            items={[{ label: tCommon('bundles'), href: '/bundles' }, { label: bundle.title }]}
          />
          <p className="mt-5 text-muted-foreground text-sm">{t('count', { count: bundle.courses.length })}</p>
          <h1 lang={lang} className="mt-1 break-words text-3xl sm:text-4xl">
            {bundle.title}
          </h1>
          {bundle.summary && (
            <p lang={lang} className="mt-4 max-w-prose text-lg text-muted-foreground">
              {bundle.summary}
            </p>
          )}
          {bundle.instructors.length > 0 && (
            <p className="mt-5 text-sm">
              {tCourse('by', { names: bundle.instructors.map((person) => person.name).join(', ') })}
            </p>
          )}
          {paragraphs.length > 0 && (
            <div lang={lang} className="mt-6 max-w-prose space-y-4">
              {paragraphs.map((text) => (
                <p key={text} className="whitespace-pre-line break-words">
                  {text}
                </p>
              ))}
            </div>
          )}
        </div>
        <aside aria-label={tCourse('wayIn')} className="lg:col-start-2 lg:row-span-2 lg:row-start-1">
          <div className="overflow-hidden rounded-lg border bg-card lg:sticky lg:top-24">
            {bundle.coverUrl ? (
              <Picture src={bundle.coverUrl} alt="" loading="eager" className="aspect-video w-full object-cover" />
            ) : (
              <CoverArt id={bundle.id} />
            )}
            <div className="border-t p-5">
              {quoted?.refusal === 'already_owned' ? (
                <div className="space-y-4">
                  <Callout kind="success" title={t('allYours')} />
                  <BuyForOthers item={item} />
                </div>
              ) : (
                <BuyBox item={item} />
              )}
            </div>
          </div>
        </aside>
        <section aria-labelledby="in-it" className="min-w-0 lg:col-start-1">
          <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
            <h2 id="in-it" className="text-2xl">
              {t('inIt')}
            </h2>
            {owned.size > 0 && (
              <p className="text-muted-foreground text-sm">
                {t('owned', { owned: owned.size, count: bundle.courses.length })}
              </p>
            )}
          </div>
          <ul className="mt-5 grid gap-6 sm:grid-cols-2">
            {bundle.courses.map((course) => (
              <li key={course.id} className="grid min-w-0 gap-2">
                {owned.has(`course:${course.id}`) && (
                  <Badge tone="success">
                    <Check aria-hidden="true" />
                    {t('yours')}
                  </Badge>
                )}
                <CourseCard course={course} />
              </li>
            ))}
          </ul>
        </section>
      </div>
    </>
  );
}
