'use client';

import { useTranslations } from 'next-intl';
import { Button, buttonClasses } from '@/components/ui/button.tsx';
import { Link } from '@/i18n/navigation.ts';

/** The end of a form that is a page: save, or go back without. */
export function SaveOrLeave({ busy, backTo }: { busy: boolean; backTo: string }) {
  const t = useTranslations('common');
  return (
    <div className="flex flex-wrap gap-3">
      <Button type="submit" loading={busy}>
        {t('save')}
      </Button>
      <Link href={backTo} className={buttonClasses({ variant: 'ghost' })}>
        {t('cancel')}
      </Link>
    </div>
  );
}
