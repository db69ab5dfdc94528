import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { api, orThrow } from '@/api/client.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { Facts } from '../../facts.tsx';
import { MailState } from '../../mailbox/mail-state.tsx';
import { MessageTimeline } from '../../message-timeline.tsx';
import { PageHeading } from '../../page-heading.tsx';
import { RetryButton } from '../../retry-button.tsx';
import { retryMessage } from '../actions.ts';

type Props = PageProps<'/[locale]/console/delivery-log/[id]'>;

const readMessage = cache(async (id: string) => {
  const answer = await (await api()).GET('/api/admin/notifications/log/{id}', { params: { path: { id } } });
  // An id that is no id is refused before it is looked for; to a reader both are a page that is not there.
  if (answer.response.status === 404 || answer.response.status === 400) notFound();
  return orThrow(answer);
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const message = await readMessage((await params).id);
  return { title: `${(await getTranslations('console.log'))('title')}: ${message.kind}` };
}

/** One message and everything that happened to it. */
export default async function MessagePage({ params }: Props) {
  const message = await readMessage((await params).id);
  const t = await getTranslations('console.log');
  const tMail = await getTranslations('console.mailbox');
  const tTemplates = await getTranslations('console.templates');
  const tCommon = await getTranslations('common');
  const channel = tTemplates(`channel.${message.channel}`);
  const { name, address } = message.to;
  return (
    <>
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[{ label: t('title'), href: '/console/delivery-log' }, { label: `${message.kind}, ${channel}` }]}
      />
      <div className="mt-3">
        <PageHeading
          title={`${message.kind}, ${channel}`}
          actions={
            <>
              {message.hasMail && <TextLink href={`/console/mailbox/${message.id}`}>{t('openMail')}</TextLink>}
              {message.digestId && (
                <TextLink href={`/console/delivery-log/${message.digestId}`}>{t('openDigest')}</TextLink>
              )}
              {message.state === 'failed' && message.channel !== 'inapp' && (
                <RetryButton id={message.id} retry={retryMessage} doneMessage={t('queuedAgain')} />
              )}
            </>
          }
        />
      </div>
      <Facts
        facts={[
          { name: tMail('to'), value: [name, address].filter(Boolean).join(', ') || t('somebody') },
          { name: tMail('stateLabel'), value: <MailState state={message.state} reason={null} /> },
          { name: t('attempts'), value: <span className="tabular">{message.attempts}</span> },
          { name: t('provider'), value: message.provider ?? '–' },
          {
            name: t('providerId'),
            value: <span className="break-all font-mono text-xs">{message.providerId ?? '–'}</span>,
          },
          { name: tMail('written'), value: <Moment at={message.createdAt} precision="second" /> },
          ...(message.dueAt ? [{ name: t('dueAt'), value: <Moment at={message.dueAt} precision="second" /> }] : []),
          ...(message.devices.length > 0
            ? [{ name: t('devices'), value: <span className="tabular">{message.devices.length}</span> }]
            : []),
        ]}
      />
      {message.reason && (
        <Callout
          kind={message.state === 'failed' || message.state === 'bounced' ? 'destructive' : 'warning'}
          className="mt-4"
          title={tMail('why')}
        >
          <span className="wrap-anywhere">{message.reason}</span>
        </Callout>
      )}
      <h2 className="mt-8 mb-4 text-lg">{tMail('timeline')}</h2>
      <MessageTimeline steps={message.timeline} />
    </>
  );
}
