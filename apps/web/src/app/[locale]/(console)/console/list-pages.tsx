import { ChevronLeft, ChevronRight } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { listHref } from '@/api/list-address.ts';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Link } from '@/i18n/navigation.ts';

type ListPagesProps = {
  path: string;
  /** What the list is filtered by; kept from page to page. */
  query: Record<string, string | undefined>;
  cursor: string | undefined;
  nextCursor: string | undefined;
};

/** Forward through a list, and back to its beginning; going back one page is the browser's. Nothing when it all fits. */
export async function ListPages({ path, query, cursor, nextCursor }: ListPagesProps) {
  if (!cursor && !nextCursor) return null;
  const t = await getTranslations('console.pages');
  return (
    <nav aria-label={t('label')} className="mt-4 flex justify-end gap-2">
      {cursor && (
        <Link href={listHref(path, query)} className={buttonClasses({ variant: 'outline', size: 'sm' })}>
          <ChevronLeft aria-hidden="true" className="rtl:rotate-180" />
          {t('first')}
        </Link>
      )}
      {nextCursor && (
        <Link
          href={listHref(path, { ...query, cursor: nextCursor })}
          rel="next"
          className={buttonClasses({ variant: 'outline', size: 'sm' })}
        >
          {t('next')}
          <ChevronRight aria-hidden="true" className="rtl:rotate-180" />
        </Link>
      )}
    </nav>
  );
}
