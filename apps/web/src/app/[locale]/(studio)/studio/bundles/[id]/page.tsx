import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { CoverForm } from '../../cover-form.tsx';
import { BundleForm } from '../bundle-form.tsx';
import { readChoices } from '../read-choices.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('studio'))('bundles.title') };
}

/** Changes a bundle. Orders that exist keep what they were made of. */
export default async function EditBundlePage({ params }: PageProps<'/[locale]/studio/bundles/[id]'>) {
  const { id } = await params;
  const [answer, choices, t, tCommon] = await Promise.all([
    (await api()).GET('/api/bundles/{id}', { params: { path: { id } } }),
    readChoices(),
    getTranslations('studio.bundles'),
    getTranslations('common'),
  ]);
  if (answer.response.status === 404) notFound();
  const { title, price, courses, language, coverUrl, written } = orThrow(answer);
  // Somebody else's bundle, which anybody may see and nobody else may change.
  if (!written) notFound();
  const courseIds = courses.map((course) => course.id);
  const others = courses.filter((course) => !choices.some((choice) => choice.id === course.id));
  return (
    <>
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[{ label: t('title'), href: '/studio/bundles' }, { label: title }]}
      />
      <h1 className="mt-3 mb-5 text-2xl">{title}</h1>
      <CoverForm of="bundles" id={id} coverUrl={coverUrl} />
      <BundleForm
        bundle={{ id, language, price, courseIds, ...written }}
        language={await getLocale()}
        requestKey={randomUUID()}
        courses={[...choices, ...others]}
      />
    </>
  );
}
