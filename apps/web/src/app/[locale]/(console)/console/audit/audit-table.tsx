import { getTranslations } from 'next-intl/server';
import type { paths } from '@/api/schema.d.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';

type AccountEntry = paths['/api/admin/audit']['get']['responses'][200]['content']['application/json']['items'][number];
type MoneyEntry =
  paths['/api/admin/payments/audit']['get']['responses'][200]['content']['application/json']['items'][number];
type Entry = AccountEntry | MoneyEntry;

/** Actions with words of their own, by the key of their text; a new one shows its code until it has some. */
const actions = {
  'user.administered': 'administered',
  'user.deleted': 'deleted',
  'sessions.ended': 'sessionsEnded',
  'session.refresh_token_reused': 'tokenReused',
  'sign_in.unlocked': 'unlocked',
  'data.export_requested': 'exportRequested',
  'email.change_requested': 'emailChangeRequested',
  'email.changed': 'emailChanged',
  'email.change_undone': 'emailChangeUndone',
  'refund.requested': 'refundRequested',
  'order.cancelled': 'orderCancelled',
  'evidence.resolved': 'evidenceResolved',
  'subscription.canceled': 'subscriptionCanceled',
  'renewal.retried': 'renewalRetried',
  'instalments.canceled': 'instalmentsCanceled',
  'instalment.retried': 'instalmentRetried',
  'tax_rule.added': 'taxRuleAdded',
  'tax_rule.ended': 'taxRuleEnded',
  'coupon.made': 'couponMade',
  'coupon.switched': 'couponSwitched',
  'payouts.made': 'payoutMade',
  'payout.confirmed': 'payoutConfirmed',
  'payout.failed': 'payoutFailed',
  'seller_terms.agreed': 'termsAgreed',
  'provider.switched': 'providerSwitched',
} as const;
const isAction = (value: string): value is keyof typeof actions => Object.hasOwn(actions, value);
const actors = ['user', 'service', 'anonymous'] as const;

/** Entries of the audit log. `subject`: all are about one person, which then needs no column. */
export async function AuditTable({ entries, subject = false }: { entries: readonly Entry[]; subject?: boolean }) {
  const t = await getTranslations('console.audit');
  return (
    <Table caption={t('title')} dense>
      <TableHead>
        <TableRow>
          <TableHeader>{t('at')}</TableHeader>
          <TableHeader>{t('action')}</TableHeader>
          <TableHeader>{t('actor')}</TableHeader>
          {!subject && <TableHeader>{t('subject')}</TableHeader>}
          <TableHeader>{t('details')}</TableHeader>
          <TableHeader>{t('ip')}</TableHeader>
          <TableHeader>{t('trace')}</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {entries.map((entry) => {
          return (
            <TableRow key={entry.id}>
              <TableHeader scope="row" className="tabular font-normal text-foreground">
                <Moment at={entry.at} precision="second" />
              </TableHeader>
              <TableCell className="min-w-44">
                {isAction(entry.action) ? t(`actions.${actions[entry.action]}`) : <code>{entry.action}</code>}
              </TableCell>
              <TableCell>
                <Actor kind={entry.actor.kind} id={entry.actor.id} />
              </TableCell>
              {!subject && (
                <TableCell>
                  <Subject entry={entry} />
                </TableCell>
              )}
              <TableCell className="max-w-md">
                <code className="line-clamp-2 break-all font-mono text-xs" title={JSON.stringify(entry.details)}>
                  {Object.keys(entry.details).length > 0 ? JSON.stringify(entry.details) : ''}
                </code>
              </TableCell>
              <TableCell className="tabular whitespace-nowrap">{entry.ip}</TableCell>
              <TableCell>
                <Trace id={entry.traceId} />
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}

/** Who did it: a person by the end of the id, a service by its name or that it was the platform. */
export async function Actor({ kind, id }: { kind: string; id: string | null }) {
  const t = await getTranslations('console.audit');
  if (kind === 'user' && id) return <PersonId value={id} />;
  const actor = actors.find((known) => known === kind);
  return (
    <>
      <Badge>{actor ? t(`actors.${actor}`) : kind}</Badge>
      {id && <code className="ms-2 font-mono text-xs">{id}</code>}
    </>
  );
}

/** The beginning of a trace's id; the whole one on hover. */
export function Trace({ id }: { id: string }) {
  return (
    <code className="font-mono text-xs" title={id}>
      {id.slice(0, 8)}
    </code>
  );
}

/** Where what was changed is looked at. */
const pages: Record<string, (id: string) => string> = {
  order: (id) => `/console/orders/${id}`,
  seller: (id) => `/console/payouts/sellers/${id}`,
  provider: () => '/console/payments',
};

function Subject({ entry }: { entry: Entry }) {
  if (!('subject' in entry)) return entry.subjectId ? <PersonId value={entry.subjectId} /> : null;
  const { kind, id } = entry.subject;
  const page = pages[kind];
  const text = kind === 'provider' ? id : `${kind} …${id.slice(-8)}`;
  if (!page) return <code title={id}>{text}</code>;
  return (
    <TextLink href={page(id)} title={id} className="font-mono text-xs">
      {text}
    </TextLink>
  );
}

/** An id long enough to tell apart (the end of a UUIDv7 is its random part); the whole one on hover. */
function PersonId({ value }: { value: string }) {
  return (
    <TextLink href={`/console/users/${value}`} title={value} className="font-mono text-xs">
      …{value.slice(-8)}
    </TextLink>
  );
}
