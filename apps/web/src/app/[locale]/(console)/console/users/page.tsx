import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api } from '@/api/client.ts';
import { pageOrFirst } from '@/api/page-or-first.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Avatar } from '@/components/ui/avatar.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { localeNames } from '@/i18n/locales.ts';
import { requireSession } from '@/session/session.ts';
import { ListPages } from '../list-pages.tsx';
import { readListQuery } from '../list-query.ts';
import { ListSearch } from '../list-search.tsx';
import { NothingListed } from '../nothing-listed.tsx';
import { PageHeading } from '../page-heading.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('console'))('users.title') };
}

const path = '/console/users';

/** Everybody with an account, newest first; administrators change roles and access here. */
export default async function UsersPage({ searchParams }: PageProps<'/[locale]/console/users'>) {
  const { q, cursor, asked } = readListQuery(await searchParams, []);
  const { user } = await requireSession();
  const page = await pageOrFirst(
    await (await api()).GET('/api/admin/users', {
      params: { query: asked },
    }),
    path,
    { q, cursor },
  );
  const t = await getTranslations('console.users');
  const isAdmin = user.roles.includes('admin');
  return (
    <>
      <PageHeading title={t('title')}>{isAdmin ? t('lead') : t('leadSupport')}</PageHeading>
      <ListSearch path={path} label={t('search')} q={q} />
      {page.items.length === 0 ? (
        <NothingListed title={t('emptyTitle')} whole={{ href: path, label: t('showAll') }}>
          {q ? t('emptyText', { q }) : t('endText')}
        </NothingListed>
      ) : (
        <Table caption={t('title')} dense>
          <TableHead>
            <TableRow>
              <TableHeader>{t('name')}</TableHeader>
              <TableHeader>{t('email')}</TableHeader>
              <TableHeader>{t('roles')}</TableHeader>
              <TableHeader>{t('language')}</TableHeader>
              <TableHeader>{t('joined')}</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {page.items.map((person) => (
              <TableRow key={person.id}>
                <TableHeader scope="row" className="text-foreground text-sm">
                  <span className="flex items-center gap-2.5">
                    <Avatar id={person.id} className="size-6" />
                    <TextLink href={`${path}/${person.id}`} className="max-w-48 truncate" title={person.name}>
                      {person.name}
                    </TextLink>
                    {person.disabled && <Badge tone="destructive">{t('isDisabled')}</Badge>}
                  </span>
                </TableHeader>
                <TableCell>
                  <span className="flex items-center gap-2">
                    <span className="max-w-64 truncate" title={person.email}>
                      {person.email}
                    </span>
                    {!person.emailVerified && <Badge tone="warning">{t('unverified')}</Badge>}
                  </span>
                </TableCell>
                <TableCell>
                  <span className="flex flex-wrap gap-1">
                    {person.roles.map((role) => (
                      <Badge key={role} tone={role === 'admin' || role === 'support' ? 'primary' : 'neutral'}>
                        {t(`role.${role}`)}
                      </Badge>
                    ))}
                  </span>
                </TableCell>
                <TableCell className="whitespace-nowrap">{localeNames[person.locale]}</TableCell>
                <TableCell className="whitespace-nowrap">
                  <Moment at={person.createdAt} precision="day" />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      <ListPages path={path} query={{ q }} cursor={cursor} nextCursor={page.nextCursor} />
    </>
  );
}
