import { Heart } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { readRemembered } from '@/buying/wish-cookie.ts';
import { buttonClasses } from '@/components/ui/button.tsx';
import { cn } from '@/design/cn.ts';
import { Link } from '@/i18n/navigation.ts';
import { getSession } from '@/session/session.ts';

/** The way to what a browser keeps for somebody without an account menu to find it in. */
export async function WishLink() {
  if ((await getSession()) || (await readRemembered()).length === 0) return null;
  const t = await getTranslations('common');
  return (
    <Link
      href="/wish-list"
      prefetch={false}
      aria-label={t('wishList')}
      className={cn(buttonClasses({ variant: 'ghost' }), 'hidden size-10 p-0 sm:inline-flex [&_svg]:size-[1.125rem]')}
    >
      <Heart aria-hidden="true" />
    </Link>
  );
}
