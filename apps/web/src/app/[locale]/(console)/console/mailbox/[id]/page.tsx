import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { api, orThrow } from '@/api/client.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Tabs } from '@/components/ui/tabs.tsx';
import { isAppLocale, localeNames } from '@/i18n/locales.ts';
import { getPathname } from '@/i18n/navigation.ts';
import { Facts } from '../../facts.tsx';
import { LinkedText } from '../../linked-text.tsx';
import { MailFrame } from '../../mail-frame.tsx';
import { MessageTimeline } from '../../message-timeline.tsx';
import { PageHeading } from '../../page-heading.tsx';
import { RetryButton } from '../../retry-button.tsx';
import { retryMail } from '../actions.ts';
import { MailState } from '../mail-state.tsx';

type Props = PageProps<'/[locale]/console/mailbox/[id]'>;

const readMail = cache(async (id: string) => {
  const answer = await (await api()).GET('/api/admin/mailbox/{id}', { params: { path: { id } } });
  // An id that is no id is refused before it is looked for; to a reader both are a page that is not there.
  if ([400, 404, 422].includes(answer.response.status)) notFound();
  return orThrow(answer);
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const mail = await readMail((await params).id);
  return { title: mail.subject ?? (await getTranslations('console.mailbox'))('notWritten') };
}

/** A mail as it was written, and what happened to it. */
export default async function MailPage({ params }: Props) {
  const mail = await readMail((await params).id);
  const t = await getTranslations('console.mailbox');
  const tCommon = await getTranslations('common');
  const title = mail.subject ?? t('notWritten');
  const frame = getPathname({ href: `/console/mailbox/${mail.id}/html`, locale: await getLocale() });
  return (
    <>
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[{ label: t('title'), href: '/console/mailbox' }, { label: title }]}
      />
      <div className="mt-3">
        <PageHeading
          title={title}
          actions={
            mail.state === 'failed' && <RetryButton id={mail.id} retry={retryMail} doneMessage={t('queuedAgain')} />
          }
        />
      </div>
      <Facts
        facts={[
          { name: t('to'), value: mail.to ? `${mail.to.name} <${mail.to.address}>` : '–' },
          { name: t('stateLabel'), value: <MailState state={mail.state} reason={null} /> },
          { name: t('kind'), value: <span className="font-mono text-xs">{mail.kind}</span> },
          { name: t('language'), value: isAppLocale(mail.locale) ? localeNames[mail.locale] : '–' },
          { name: t('transport'), value: mail.transport ? t(`via.${mail.transport}`) : '–' },
          { name: t('written'), value: <Moment at={mail.createdAt} precision="second" /> },
          ...(mail.attachments.length > 0
            ? [{ name: t('attachments'), value: mail.attachments.map(({ fileName }) => fileName).join(', ') }]
            : []),
        ]}
      />
      {mail.reason && (
        <Callout kind={mail.state === 'failed' ? 'destructive' : 'warning'} className="mt-4" title={t('why')}>
          <span className="wrap-anywhere">{mail.reason}</span>
        </Callout>
      )}
      {mail.linkHidden && (
        <Callout className="mt-4" title={t('linkHidden')}>
          {t('linkHiddenText')}
        </Callout>
      )}
      <Tabs
        className="mt-6"
        label={t('views')}
        tabs={[
          {
            id: 'html',
            label: t('asHtml'),
            content: mail.html ? (
              <MailFrame src={frame} title={t('frameTitle', { subject: title })} />
            ) : (
              <EmptyState title={t('notWritten')}>{t('notWrittenText')}</EmptyState>
            ),
          },
          {
            id: 'text',
            label: t('asText'),
            content: mail.text ? (
              <LinkedText text={mail.text} label={t('asText')} />
            ) : (
              <EmptyState title={t('notWritten')}>{t('notWrittenText')}</EmptyState>
            ),
          },
          {
            id: 'headers',
            label: t('headers'),
            content: (
              <Facts
                facts={Object.entries(mail.headers).map(([name, value]) => ({
                  name,
                  value: <span className="break-all font-mono text-xs">{value}</span>,
                }))}
              />
            ),
          },
          {
            id: 'timeline',
            label: t('timeline'),
            content: <MessageTimeline steps={mail.timeline} />,
          },
        ]}
      />
    </>
  );
}
