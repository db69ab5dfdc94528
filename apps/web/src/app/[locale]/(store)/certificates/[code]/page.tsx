import { CircleCheck, CircleX } from 'lucide-react';
import type { Metadata } from 'next';
import { getFormatter, getLocale, getTranslations } from 'next-intl/server';
import { Mark } from '@/components/brand/mark.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import { PrintButton } from '@/components/ui/print-button.tsx';
import { TextLink, textLinkClasses } from '@/components/ui/text-link.tsx';
import { cn } from '@/design/cn.ts';
import { getPathname, Link } from '@/i18n/navigation.ts';
import { pageAddresses, siteOrigin } from '@/seo/addresses.ts';
import { type Certificate, getCertificate, isHolder } from './certificate-data.ts';

type Props = { params: Promise<{ code: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { code } = await params;
  const certificate = await getCertificate(code);
  const t = await getTranslations('learning.verification');
  const title = t('titleOf', {
    name: certificate.holderName || t(namelessReason(certificate)),
    course: certificate.courseTitle,
  });
  const description = certificate.valid ? t('validText') : t('revokedText');
  return {
    ...(await pageAddresses({ path: `/certificates/${certificate.code}`, locale: await getLocale() })),
    title,
    description,
    openGraph: {
      type: 'article',
      siteName: 'Stoa',
      title,
      description,
      images: [
        { url: `/og/courses/${encodeURIComponent(certificate.courseSlug)}.png`, width: 1200, height: 630, alt: '' },
      ],
    },
    // A person's name and what they studied: for whoever has the code, not for whoever searches the name.
    robots: { index: false },
  };
}

/** `/certificates/<code>`: whether a certificate is genuine, for anyone who has its code. */
export default async function CertificatePage({ params }: Props) {
  const { code } = await params;
  const certificate = await getCertificate(code);
  const [t, format, locale, origin] = await Promise.all([
    getTranslations('learning.verification'),
    getFormatter(),
    getLocale(),
    siteOrigin(),
  ]);
  const date = (value: string) => format.dateTime(new Date(value), { dateStyle: 'long' });
  const address = `${origin}${getPathname({ href: `/certificates/${certificate.code}`, locale })}`;
  const { valid } = certificate;
  const Icon = valid ? CircleCheck : CircleX;
  return (
    <div className="page-column max-w-3xl py-10 md:py-16">
      <div
        className={cn(
          'flex items-start gap-3 rounded-lg border p-4 sm:p-5',
          valid
            ? 'border-success/40 bg-success-soft text-success-soft-foreground'
            : 'border-destructive/40 bg-destructive-soft text-destructive-soft-foreground',
        )}
      >
        <Icon aria-hidden="true" className="mt-0.5 size-6 shrink-0" />
        <div>
          <p className="font-semibold text-lg">{valid ? t('valid') : t('revoked')}</p>
          <p className="mt-0.5 text-sm">
            {valid
              ? t('validText')
              : certificate.revokedAt
                ? t('revokedOn', { date: date(certificate.revokedAt) })
                : t('revokedText')}
          </p>
        </div>
      </div>
      <MissingName certificate={certificate} />
      <article className="mt-6 rounded-lg border bg-card p-6 text-center sm:p-12 print:border-0">
        <Mark className="mx-auto size-10 text-primary" />
        {certificate.holderName ? (
          <>
            <p className="mt-6 text-muted-foreground">{t('awardedTo')}</p>
            <h1 className={cn('mt-2 break-words text-3xl sm:text-4xl', !valid && 'line-through decoration-2')}>
              {certificate.holderName}
            </h1>
          </>
        ) : (
          // A sentence is no name: it is neither awarded to nor struck through.
          <h1 className="mt-6 text-muted-foreground text-xl">{t(namelessReason(certificate))}</h1>
        )}
        <p className="mt-6 text-muted-foreground">{t('forCourse')}</p>
        <p className="mt-2 break-words font-display text-2xl">{certificate.courseTitle}</p>
        <dl className="mx-auto mt-8 grid max-w-md gap-6 border-t pt-6 text-sm sm:grid-cols-2">
          <div>
            <dt className="text-muted-foreground">{t('completedOn')}</dt>
            <dd className="tabular mt-0.5">{date(certificate.completedAt)}</dd>
          </div>
          {certificate.instructorName && (
            <div>
              <dt className="text-muted-foreground">{t('instructor')}</dt>
              <dd className="mt-0.5 break-words">{certificate.instructorName}</dd>
            </div>
          )}
          <div className="sm:col-span-2">
            <dt className="text-muted-foreground">{t('code')}</dt>
            <dd className="mt-0.5 font-mono">
              {certificate.code.split(/(?<=-)/).map((group, index) => (
                <span
                  // biome-ignore lint/suspicious/noArrayIndexKey: the groups of a code stay where they are
                  key={index}
                  className="inline-block max-w-full break-all"
                >
                  {group}
                </span>
              ))}
            </dd>
          </div>
        </dl>
      </article>
      <div className="mt-6 flex flex-wrap items-center gap-3" data-noprint>
        <HolderActions certificate={certificate} />
        <PrintButton label={t('print')} />
        <CopyButton text={address} label={t('copyLink')} copiedLabel={t('copied')} className="h-10 text-sm" />
      </div>
      <p className="mt-8 text-muted-foreground text-sm">
        {t('how')}{' '}
        <Link href={`/courses/${certificate.courseSlug}`} className={textLinkClasses} data-noprint>
          {t('seeCourse')}
        </Link>
      </p>
    </div>
  );
}

/** Why a certificate shows no name: its holder asked to be forgotten, or their sign-in never told one. */
function namelessReason({ holderName }: Certificate): 'forgottenHolder' | 'namelessHolder' {
  return holderName === null ? 'forgottenHolder' : 'namelessHolder';
}

/** Tells the holder of a certificate without a name how it comes by one. */
async function MissingName({ certificate }: { certificate: Certificate }) {
  if (certificate.holderName !== '' || !certificate.valid || !(await isHolder(certificate))) return null;
  const t = await getTranslations('learning.verification');
  return (
    <Callout kind="warning" className="mt-6" title={t('missingName')}>
      {t('missingNameText')} <TextLink href="/account">{t('giveName')}</TextLink>
    </Callout>
  );
}

async function HolderActions({ certificate }: { certificate: Certificate }) {
  const t = await getTranslations('learning.verification');
  if (!certificate.valid || !(await isHolder(certificate))) return null;
  return (
    <a href={`/bff/api/certificates/${certificate.id}`} className={buttonClasses({})}>
      {t('pdf')}
    </a>
  );
}
