import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache, type ReactNode } from 'react';
import { api, orThrow } from '@/api/client.ts';
import { listHref } from '@/api/list-address.ts';
import { deviceOf } from '@/components/sessions/device.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Avatar } from '@/components/ui/avatar.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { localeNames } from '@/i18n/locales.ts';
import { requireSession } from '@/session/session.ts';
import { AuditTable } from '../../audit/audit-table.tsx';
import { Facts } from '../../facts.tsx';
import { PageHeading } from '../../page-heading.tsx';
import { Section } from '../../section.tsx';
import { AccessForm, EndSessionsButton, UnlockForm } from './person-forms.tsx';
import { RolesDialog } from './roles-dialog.tsx';

type Props = PageProps<'/[locale]/console/users/[id]'>;

const readPerson = cache(async (id: string) => {
  const answer = await (await api()).GET('/api/admin/users/{id}', { params: { path: { id } } });
  // An id that is no id is refused before it is looked for; to a reader both are a page that is not there.
  if (answer.response.status === 404 || answer.response.status === 400) notFound();
  return orThrow(answer);
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readPerson((await params).id)).name };
}

/** One person: who they are here, what they may do, where they are signed in, and what was done to the account. */
export default async function PersonPage({ params }: Props) {
  const person = await readPerson((await params).id);
  const { user } = await requireSession();
  const isAdmin = user.roles.includes('admin');
  const own = user.id === person.id;
  const entries = isAdmin
    ? orThrow(await (await api()).GET('/api/admin/audit', { params: { query: { subject: person.id, limit: 10 } } }))
        .items
    : [];
  const t = await getTranslations('console.person');
  const tUsers = await getTranslations('console.users');
  const tAudit = await getTranslations('console.audit');
  const tCommon = await getTranslations('common');
  const { id, name } = person;
  const { lockedUntil, wrongPasswords } = person.guessing;
  return (
    <>
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[{ label: tUsers('title'), href: '/console/users' }, { label: name }]}
      />
      <div className="mt-3 flex items-start gap-4">
        <Avatar id={id} className="size-12 shrink-0" />
        <PageHeading title={name} actions={person.disabled && <Badge tone="destructive">{t('isSuspended')}</Badge>}>
          {t('known')} <TextLink href={listHref('/console/orders', { q: id })}>{t('orders')}</TextLink>
          {' · '}
          <TextLink href={listHref('/console/mailbox', { q: person.email })}>{t('mails')}</TextLink>
          {' · '}
          <TextLink href={listHref('/console/delivery-log', { q: person.email })}>{t('messages')}</TextLink>
        </PageHeading>
      </div>
      <Facts
        facts={[
          {
            name: tUsers('email'),
            value: (
              <span className="flex flex-wrap items-center gap-2">
                {person.email}
                {!person.emailVerified && <Badge tone="warning">{tUsers('unverified')}</Badge>}
              </span>
            ),
          },
          { name: t('id'), value: <code className="break-all font-mono text-xs">{id}</code> },
          { name: tUsers('joined'), value: <Moment at={person.createdAt} precision="day" /> },
          { name: tUsers('language'), value: localeNames[person.locale] },
          { name: t('timeZone'), value: person.timeZone },
        ]}
      />

      <Section title={tUsers('roles')} actions={isAdmin && <RolesDialog person={person} own={own} />}>
        <p className="flex flex-wrap gap-1">
          {person.roles.map((role) => (
            <Badge key={role} tone={role === 'admin' || role === 'support' ? 'primary' : 'neutral'}>
              {tUsers(`role.${role}`)}
            </Badge>
          ))}
        </p>
      </Section>

      <Section title={t('access')}>
        {person.disabledAt ? (
          <Callout kind="warning" className="mb-4 max-w-xl" title={t('isSuspended')}>
            {person.disabledBecause && <p className="wrap-anywhere">{person.disabledBecause}</p>}
            <p>
              {t('since')} <Moment at={person.disabledAt} precision="minute" />
            </p>
          </Callout>
        ) : (
          <p className="mb-4 text-muted-foreground text-sm">{t('isOpen')}</p>
        )}
        {isAdmin && !own && <AccessForm id={id} name={name} disabled={person.disabled} />}
        {isAdmin && own && <p className="text-muted-foreground text-sm">{t('ownAccount')}</p>}
        {!isAdmin && <p className="text-muted-foreground text-sm">{t('adminsOnly')}</p>}
      </Section>

      <Section title={t('signIns')} actions={(lockedUntil || wrongPasswords > 0) && <UnlockForm id={id} name={name} />}>
        {lockedUntil ? (
          <Callout kind="warning" className="mb-4 max-w-xl" title={t('locked')}>
            <p>
              {t('lockedText', { count: wrongPasswords })} <Moment at={lockedUntil} precision="minute" />
            </p>
          </Callout>
        ) : (
          <p className="mb-4 text-muted-foreground text-sm">{t('guesses', { count: wrongPasswords })}</p>
        )}
        <DeviceTable
          caption={t('signIns')}
          empty={t('noSignIns')}
          columns={[t('when'), t('outcome')]}
          rows={person.signIns.map((one) => ({
            ...one,
            cells: [
              <Moment key="at" at={one.at} precision="second" />,
              <Badge key="outcome" tone={one.succeeded ? 'success' : 'warning'}>
                {t(one.succeeded ? 'succeeded' : 'wrongPassword')}
              </Badge>,
            ],
          }))}
        />
      </Section>

      <Section title={t('sessions')} actions={person.sessions.length > 0 && <EndSessionsButton id={id} name={name} />}>
        <DeviceTable
          caption={t('sessions')}
          empty={t('noSessions')}
          columns={[t('begun'), t('lastUsed')]}
          rows={person.sessions.map((one) => ({
            ...one,
            cells: [
              <Moment key="begun" at={one.createdAt} precision="second" />,
              <Moment key="used" at={one.lastUsedAt} precision="second" />,
            ],
          }))}
        />
      </Section>

      {isAdmin && (
        <Section
          title={tAudit('title')}
          actions={<TextLink href={listHref('/console/audit', { subject: id })}>{t('wholeAudit')}</TextLink>}
        >
          {entries.length > 0 ? (
            <AuditTable entries={entries} subject />
          ) : (
            <p className="text-muted-foreground text-sm">{tAudit('emptyTitle')}</p>
          )}
        </Section>
      )}
    </>
  );
}

type DeviceRow = { kind: 'web' | 'api'; ip: string | null; userAgent: string | null; cells: [ReactNode, ReactNode] };
type DeviceTableProps = { caption: string; empty: string; columns: [string, string]; rows: DeviceRow[] };

/** What came from a device: two columns of its own, then which device it was. */
async function DeviceTable({ caption, empty, columns, rows }: DeviceTableProps) {
  const t = await getTranslations('console.person');
  const tAccount = await getTranslations('account.sessions');
  if (rows.length === 0) return <p className="text-muted-foreground text-sm">{empty}</p>;
  const nameOf = ({ kind, userAgent }: DeviceRow) => {
    const { browser, system } = deviceOf(userAgent);
    if (browser && system) return tAccount('on', { browser, system });
    return browser ?? system ?? tAccount(kind === 'api' ? 'program' : 'unknown');
  };
  return (
    <Table caption={caption} dense>
      <TableHead>
        <TableRow>
          <TableHeader>{columns[0]}</TableHeader>
          <TableHeader>{columns[1]}</TableHeader>
          <TableHeader>{t('device')}</TableHeader>
          <TableHeader>{t('address')}</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sign-ins have no name of their own, and the table is drawn whole
          <TableRow key={index}>
            <TableHeader scope="row" className="tabular font-normal text-foreground">
              {row.cells[0]}
            </TableHeader>
            <TableCell className="tabular whitespace-nowrap">{row.cells[1]}</TableCell>
            <TableCell title={row.userAgent ?? ''}>{nameOf(row)}</TableCell>
            <TableCell className="tabular whitespace-nowrap">{row.ip}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
