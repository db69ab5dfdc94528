import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { Tabs } from '@/components/ui/tabs.tsx';
import { isAppLocale, localeNames, locales } from '@/i18n/locales.ts';
import { getPathname } from '@/i18n/navigation.ts';
import { Facts } from '../../facts.tsx';
import { FilterLinks } from '../../filter-links.tsx';
import { LinkedText } from '../../linked-text.tsx';
import { MailFrame } from '../../mail-frame.tsx';
import { PageHeading } from '../../page-heading.tsx';

type Props = PageProps<'/[locale]/console/templates/[kind]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${(await getTranslations('console'))('templates.title')}: ${(await params).kind}` };
}

/** One kind of message with sample data, in the language of `?language=`. */
export default async function TemplatePage({ params, searchParams }: Props) {
  const { kind } = await params;
  const query = await searchParams;
  const current = await getLocale();
  const language = isAppLocale(query.language) ? query.language : current;
  const answer = await (await api()).GET('/api/admin/notifications/templates/{kind}/preview', {
    params: { path: { kind }, query: { locale: language } },
  });
  if (answer.response.status === 404) notFound();
  const template = orThrow(answer);
  const t = await getTranslations('console.templates');
  const tMail = await getTranslations('console.mailbox');
  const tCommon = await getTranslations('common');
  const frame = getPathname({ href: `/console/templates/${encodeURIComponent(kind)}/html`, locale: current });
  return (
    <>
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[{ label: t('title'), href: '/console/templates' }, { label: template.name }]}
      />
      <div className="mt-3">
        <PageHeading title={template.name}>{t('sample')}</PageHeading>
      </div>
      <FilterLinks
        label={t('language')}
        current={language}
        options={locales.map((locale) => ({
          value: locale,
          label: localeNames[locale],
          href: `/console/templates/${encodeURIComponent(kind)}?language=${locale}`,
        }))}
      />
      {template.mail && <Facts facts={[{ name: t('subject'), value: template.mail.subject }]} />}
      <Tabs
        key={language}
        className="mt-6"
        label={t('views')}
        tabs={[
          ...(template.mail
            ? [
                {
                  id: 'html',
                  label: tMail('asHtml'),
                  content: (
                    <MailFrame
                      src={`${frame}?language=${language}`}
                      title={tMail('frameTitle', { subject: template.mail.subject })}
                    />
                  ),
                },
                {
                  id: 'text',
                  label: tMail('asText'),
                  content: <LinkedText text={template.mail.text} label={tMail('asText')} />,
                },
              ]
            : []),
          ...(template.sms
            ? [
                {
                  id: 'sms',
                  label: t('channel.sms'),
                  content: (
                    <>
                      <LinkedText text={template.sms.text} label={t('channel.sms')} />
                      <p className="mt-2 text-muted-foreground text-xs">
                        {t('segments', { count: template.sms.segments })}
                      </p>
                    </>
                  ),
                },
              ]
            : []),
          ...(['push', 'inapp'] as const).flatMap((channel) => {
            const notice = template[channel];
            if (!notice) return [];
            return [
              {
                id: channel,
                label: t(`channel.${channel}`),
                content: (
                  <Facts
                    facts={[
                      { name: t('noticeTitle'), value: notice.title },
                      { name: t('noticeBody'), value: notice.body },
                      { name: t('leadsTo'), value: <span className="font-mono text-xs">{notice.url}</span> },
                    ]}
                  />
                ),
              },
            ];
          }),
        ]}
      />
    </>
  );
}
