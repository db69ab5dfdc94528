import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { localeNames, locales } from '@/i18n/locales.ts';
import { PageHeading } from '../page-heading.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('console'))('templates.title') };
}

/** Every kind of message the platform sends, in every language it is written in. */
export default async function TemplatesPage() {
  const { items } = orThrow(await (await api()).GET('/api/admin/notifications/templates'));
  const t = await getTranslations('console.templates');
  return (
    <>
      <PageHeading title={t('title')}>{t('lead')}</PageHeading>
      <Table caption={t('title')} dense>
        <TableHead>
          <TableRow>
            <TableHeader>{t('name')}</TableHeader>
            <TableHeader>{t('kind')}</TableHeader>
            <TableHeader>{t('channels')}</TableHeader>
            <TableHeader>{t('preview')}</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {items.map((template) => (
            <TableRow key={template.kind}>
              <TableHeader scope="row" className="text-foreground text-sm">
                {template.name}
              </TableHeader>
              <TableCell className="font-mono text-xs">{template.kind}</TableCell>
              <TableCell>
                <span className="flex flex-wrap gap-1">
                  {template.channels.map((channel) => (
                    <Badge key={channel}>{t(`channel.${channel}`)}</Badge>
                  ))}
                  {template.security && <Badge tone="info">{t('always')}</Badge>}
                </span>
              </TableCell>
              <TableCell>
                <span className="flex flex-wrap gap-x-4 gap-y-1">
                  {locales.map((locale) => (
                    <TextLink
                      key={locale}
                      href={`/console/templates/${template.kind}?language=${locale}`}
                      aria-label={t('previewIn', { name: template.name, language: localeNames[locale] })}
                    >
                      {localeNames[locale]}
                    </TextLink>
                  ))}
                </span>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </>
  );
}
