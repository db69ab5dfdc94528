import { getTranslations } from 'next-intl/server';
import { EmptyColonnade } from '@/components/brand/empty-colonnade.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Link } from '@/i18n/navigation.ts';

export default async function NotFound() {
  const t = await getTranslations('errors');
  return (
    <div className="page-column flex flex-col items-center justify-center py-24 text-center">
      <EmptyColonnade className="mb-8 h-24 w-44" />
      <p className="tabular text-muted-foreground text-sm">404</p>
      <h1 className="mt-1 text-3xl">{t('notFoundTitle')}</h1>
      <p className="mt-3 text-muted-foreground">{t('notFoundText')}</p>
      <div className="mt-8 flex flex-wrap justify-center gap-3">
        <Link href="/" className={buttonClasses({})}>
          {t('goHome')}
        </Link>
        <Link href="/courses" className={buttonClasses({ variant: 'outline' })}>
          {t('goCourses')}
        </Link>
      </div>
    </div>
  );
}
