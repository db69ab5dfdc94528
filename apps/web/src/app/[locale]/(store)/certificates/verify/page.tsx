import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { pageAddresses } from '@/seo/addresses.ts';
import { CertificateSearch } from '../certificate-search.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('learning.verification');
  return {
    ...(await pageAddresses({ path: '/certificates/verify', locale: await getLocale() })),
    title: t('verifyTitle'),
    description: t('verifyLead'),
  };
}

/** `/certificates/verify`: for whoever holds a printed certificate and no link. */
export default async function VerifyPage() {
  const t = await getTranslations('learning.verification');
  return (
    <div className="page-column max-w-3xl py-12 md:py-20">
      <h1 className="text-3xl">{t('verifyTitle')}</h1>
      <p className="mt-3 text-muted-foreground">{t('verifyLead')}</p>
      <div className="mt-8">
        <CertificateSearch />
      </div>
    </div>
  );
}
