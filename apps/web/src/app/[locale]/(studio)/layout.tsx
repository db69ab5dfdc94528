import {
  CalendarClock,
  ChartNoAxesColumn,
  FileInput,
  Layers,
  Library,
  Repeat,
  TicketPercent,
  Wallet,
} from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Bell } from '@/components/bell/bell.tsx';
import { studioRoles } from '@/components/shell/rooms.ts';
import { Workspace } from '@/components/shell/workspace.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { requireRole } from '@/session/session.ts';

/** Where instructors work: dense, side navigation. Add a page, add its line here. */
export default async function StudioLayout({ children }: { children: ReactNode }) {
  await requireRole(...studioRoles);
  const t = await getTranslations('studio');
  return (
    <ClientMessages areas={['studio', 'sales']}>
      <Workspace
        title={t('title')}
        bell={<Bell />}
        items={[
          { href: '/studio', label: t('nav.courses'), icon: <Library aria-hidden="true" />, exact: true },
          { href: '/studio/imports', label: t('nav.import'), icon: <FileInput aria-hidden="true" /> },
          { href: '/studio/bundles', label: t('nav.bundles'), icon: <Layers aria-hidden="true" /> },
          { href: '/studio/memberships', label: t('nav.memberships'), icon: <Repeat aria-hidden="true" /> },
          { href: '/studio/sales', label: t('nav.sales'), icon: <ChartNoAxesColumn aria-hidden="true" /> },
          { href: '/studio/instalments', label: t('nav.instalments'), icon: <CalendarClock aria-hidden="true" /> },
          { href: '/studio/statement', label: t('nav.statement'), icon: <Wallet aria-hidden="true" /> },
          { href: '/studio/coupons', label: t('nav.coupons'), icon: <TicketPercent aria-hidden="true" /> },
        ]}
      >
        {children}
      </Workspace>
    </ClientMessages>
  );
}
