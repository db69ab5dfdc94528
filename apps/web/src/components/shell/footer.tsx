import { getTranslations } from 'next-intl/server';
import { Wordmark } from '@/components/brand/mark.tsx';
import { Link } from '@/i18n/navigation.ts';
import { getSession } from '@/session/session.ts';
import { mayOpenStudio } from './rooms.ts';

const link = 'inline-flex min-h-6 text-muted-foreground underline-offset-4 hover:text-foreground hover:underline';

/** Footer of the storefront. */
export async function Footer() {
  const t = await getTranslations('common');
  const roles = (await getSession())?.user.roles ?? [];
  return (
    <footer data-shell className="mt-24 border-t">
      <div className="page-column grid gap-10 py-12 text-sm sm:grid-cols-[2fr_1fr_1fr]">
        <div className="space-y-2">
          <Wordmark />
          <p className="max-w-xs text-muted-foreground">{t('footer.line')}</p>
        </div>
        <nav aria-label={t('footer.learn')}>
          <h2 className="mb-3 font-medium font-sans tracking-normal">{t('footer.learn')}</h2>
          <ul className="space-y-2">
            <li>
              <Link href="/courses" className={link}>
                {t('courses')}
              </Link>
            </li>
            <li>
              <Link href="/bundles" className={link} prefetch={false}>
                {t('bundles')}
              </Link>
            </li>
            <li>
              <Link href="/memberships" className={link} prefetch={false}>
                {t('memberships')}
              </Link>
            </li>
            <li>
              <Link href="/learn" className={link} prefetch={false}>
                {t('myLearning')}
              </Link>
            </li>
            <li>
              <Link href="/certificates/verify" className={link} prefetch={false}>
                {t('verifyCertificate')}
              </Link>
            </li>
          </ul>
        </nav>
        <nav aria-label={t('footer.platform')}>
          <h2 className="mb-3 font-medium font-sans tracking-normal">{t('footer.platform')}</h2>
          <ul className="space-y-2">
            {mayOpenStudio(roles) && (
              <li>
                <Link href="/studio" className={link} prefetch={false}>
                  {t('studio')}
                </Link>
              </li>
            )}
            <li>
              <Link href="/api-docs" className={link} prefetch={false}>
                {t('footer.api')}
              </Link>
            </li>
            <li>
              <Link href="/design" className={link} prefetch={false}>
                {t('footer.design')}
              </Link>
            </li>
          </ul>
        </nav>
      </div>
      <div className="border-t">
        <p className="page-column py-4 text-muted-foreground text-xs">{t('footer.openSource')}</p>
      </div>
    </footer>
  );
}
