import { ShoppingBag } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { countOf } from '@/buying/cart.ts';
import { readCart } from '@/buying/cart-cookie.ts';
import { buttonClasses } from '@/components/ui/button.tsx';
import { cn } from '@/design/cn.ts';
import { Link } from '@/i18n/navigation.ts';

/** The way to the cart, once there is something in it. */
export async function CartLink() {
  const count = countOf(await readCart());
  if (count === 0) return null;
  const t = await getTranslations('common');
  return (
    <Link
      href="/cart"
      prefetch={false}
      aria-label={t('cart', { count })}
      className={cn(buttonClasses({ variant: 'ghost' }), 'relative size-10 p-0 [&_svg]:size-[1.125rem]')}
    >
      <ShoppingBag aria-hidden="true" />
      <span
        aria-hidden="true"
        className="tabular absolute end-0.5 top-0.5 grid h-4 min-w-4 place-items-center rounded-full bg-primary px-1 font-medium text-[0.6875rem] text-primary-foreground leading-none"
      >
        {count}
      </span>
    </Link>
  );
}
