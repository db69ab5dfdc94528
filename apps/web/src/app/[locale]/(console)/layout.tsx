import {
  Activity,
  Banknote,
  BookOpenCheck,
  CalendarClock,
  CreditCard,
  FileText,
  Inbox,
  ListChecks,
  Mail,
  Percent,
  Receipt,
  Repeat,
  ScrollText,
  Send,
  TicketPercent,
  Users,
  Webhook,
} from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Bell } from '@/components/bell/bell.tsx';
import { consoleRoles } from '@/components/shell/rooms.ts';
import { Workspace } from '@/components/shell/workspace.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { requireRole } from '@/session/session.ts';

/** Where operators work: dense, side navigation. Add a page, add its line here. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  await requireRole(...consoleRoles);
  const t = await getTranslations('console');
  return (
    <ClientMessages areas={['console', 'sales']}>
      <Workspace
        title={t('title')}
        bell={<Bell />}
        items={[
          { href: '/console', label: t('nav.overview'), icon: <Activity aria-hidden="true" />, exact: true },
          { href: '/console/users', label: t('nav.users'), icon: <Users aria-hidden="true" /> },
          { href: '/console/orders', label: t('nav.orders'), icon: <Receipt aria-hidden="true" /> },
          { href: '/console/subscriptions', label: t('nav.subscriptions'), icon: <Repeat aria-hidden="true" /> },
          { href: '/console/instalments', label: t('nav.instalments'), icon: <CalendarClock aria-hidden="true" /> },
          { href: '/console/payments', label: t('nav.payments'), icon: <CreditCard aria-hidden="true" /> },
          { href: '/console/ledger', label: t('nav.ledger'), icon: <BookOpenCheck aria-hidden="true" /> },
          { href: '/console/payouts', label: t('nav.payouts'), icon: <Banknote aria-hidden="true" /> },
          { href: '/console/coupons', label: t('nav.coupons'), icon: <TicketPercent aria-hidden="true" /> },
          { href: '/console/taxes', label: t('nav.taxes'), icon: <Percent aria-hidden="true" /> },
          { href: '/console/jobs', label: t('nav.jobs'), icon: <ListChecks aria-hidden="true" /> },
          { href: '/console/dead-letters', label: t('nav.deadLetters'), icon: <Inbox aria-hidden="true" /> },
          { href: '/console/mailbox', label: t('nav.mailbox'), icon: <Mail aria-hidden="true" /> },
          { href: '/console/delivery-log', label: t('nav.deliveryLog'), icon: <Send aria-hidden="true" /> },
          { href: '/console/templates', label: t('nav.templates'), icon: <FileText aria-hidden="true" /> },
          { href: '/console/webhooks', label: t('nav.webhooks'), icon: <Webhook aria-hidden="true" /> },
          { href: '/console/audit', label: t('nav.audit'), icon: <ScrollText aria-hidden="true" /> },
        ]}
      >
        {children}
      </Workspace>
    </ClientMessages>
  );
}
