import { CircleHelp } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CertificateSearch } from '../certificate-search.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('learning.verification'))('unknownTitle') };
}

/** A code that stands for nothing: said as plainly as the other two answers. */
export default async function CertificateNotFound() {
  const t = await getTranslations('learning.verification');
  return (
    <div className="page-column max-w-3xl py-12 md:py-20">
      <CircleHelp aria-hidden="true" className="size-10 text-muted-foreground" />
      <h1 className="mt-4 text-3xl">{t('unknownTitle')}</h1>
      <p className="mt-3 max-w-prose text-muted-foreground">{t('unknownText')}</p>
      <div className="mt-8">
        <CertificateSearch />
      </div>
    </div>
  );
}
