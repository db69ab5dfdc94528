import { getTranslations } from 'next-intl/server';
import { EmptyColonnade } from '@/components/brand/empty-colonnade.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Link } from '@/i18n/navigation.ts';

/** What stands where a page would be: why there is none for this person (`status`), and the ways on. */
export async function DeadEnd({ status }: { status: 403 | 404 }) {
  const t = await getTranslations('errors');
  const what = status === 404 ? 'notFound' : 'forbidden';
  return (
    <>
      <EmptyColonnade className="mb-8 h-24 w-44" />
      <p className="tabular text-muted-foreground text-sm">{status}</p>
      <h1 className="mt-1 text-3xl">{t(`${what}Title`)}</h1>
      <p className="mt-3 text-muted-foreground">{t(`${what}Text`)}</p>
      <div className="mt-8 flex flex-wrap justify-center gap-3">
        <Link href="/" className={buttonClasses({})}>
          {t('goHome')}
        </Link>
        <Link href="/courses" className={buttonClasses({ variant: 'outline' })}>
          {t('goCourses')}
        </Link>
      </div>
    </>
  );
}
