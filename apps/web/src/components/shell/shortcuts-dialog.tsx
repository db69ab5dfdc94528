'use client';

import { useTranslations } from 'next-intl';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Kbd } from '@/components/ui/kbd.tsx';

/** The shortcuts that work everywhere; a page with its own passes them in `more`. */
export default function ShortcutsDialog({
  onClose,
  more = [],
}: {
  onClose: () => void;
  more?: { keys: string[]; label: string }[];
}) {
  const t = useTranslations('common.shortcuts');
  const rows = [
    { keys: ['Ctrl', 'K'], label: t('palette') },
    { keys: ['/'], label: t('search') },
    { keys: ['?'], label: t('list') },
    { keys: ['Esc'], label: t('close') },
    ...more,
  ];
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('title')}>
      <dl className="divide-y">
        {rows.map(({ keys, label }) => (
          <div key={label} className="flex items-center justify-between gap-4 py-2.5 text-sm">
            <dt>{label}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
