import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { BundleForm } from '../bundle-form.tsx';
import { readChoices } from '../read-choices.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('studio'))('bundles.make') };
}

/** Several of one's own courses at one price. */
export default async function NewBundlePage() {
  const t = await getTranslations('studio.bundles');
  const tCommon = await getTranslations('common');
  return (
    <>
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[{ label: t('title'), href: '/studio/bundles' }, { label: t('make') }]}
      />
      <h1 className="mt-3 mb-5 text-2xl">{t('make')}</h1>
      <BundleForm bundle={null} language={await getLocale()} requestKey={randomUUID()} courses={await readChoices()} />
    </>
  );
}
