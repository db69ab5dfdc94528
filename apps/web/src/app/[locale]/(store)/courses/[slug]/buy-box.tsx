import { Gift, ShieldCheck, UsersRound } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { readCart } from '@/buying/cart-cookie.ts';
import { quoteCourse } from '@/buying/quote.ts';
import { Button, buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { Price } from '@/components/ui/price.tsx';
import { cn } from '@/design/cn.ts';
import { Link } from '@/i18n/navigation.ts';
import { addToCart } from '../../cart/actions.ts';
import type { Course } from './course-data.ts';

const quiet =
  'inline-flex min-h-9 items-center gap-2 text-muted-foreground text-sm underline-offset-4 hover:text-foreground hover:underline [&_svg]:size-4';

/** What a course costs, every way to buy it, and under which rule the money comes back. */
export async function BuyBox({ course }: { course: Course }) {
  const [t, quoted, cart] = await Promise.all([getTranslations('buying'), quoteCourse(course.id), readCart()]);
  const sku = `course:${course.id}`;
  const inCart = cart.lines.some((line) => line.sku === sku && line.purpose === 'own');
  const price = quoted?.unitPrice ?? course.price;
  return (
    <div className="space-y-4">
      <p className="font-display text-3xl">
        <Price money={price} />
      </p>
      {!quoted || (quoted.refusal && quoted.refusal !== 'already_owned') ? (
        <Callout kind="warning" title={t('buy.notNow')}>
          {t('buy.notNowText')}
        </Callout>
      ) : (
        <>
          <form action={addToCart}>
            <input type="hidden" name="sku" value={sku} />
            <input type="hidden" name="then" value="checkout" />
            <Button type="submit" size="lg" className="w-full">
              {t('buy.now')}
            </Button>
          </form>
          {inCart ? (
            <Link
              href="/cart"
              prefetch={false}
              className={cn(buttonClasses({ variant: 'outline', size: 'lg' }), 'w-full')}
            >
              {t('buy.inCart')}
            </Link>
          ) : (
            <form action={addToCart}>
              <input type="hidden" name="sku" value={sku} />
              <Button type="submit" variant="outline" size="lg" className="w-full">
                {t('buy.addToCart')}
              </Button>
            </form>
          )}
          <BuyForOthers course={course} />
          {quoted.refundDays > 0 && (
            <p className="flex gap-3 border-t pt-4 text-muted-foreground text-sm">
              <ShieldCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-success" />
              <span>{t('refundRule.long', { days: quoted.refundDays })}</span>
            </p>
          )}
        </>
      )}
    </div>
  );
}

/** A course for somebody else, which one may already have oneself. */
export async function BuyForOthers({ course }: { course: Course }) {
  const t = await getTranslations('buying.buy');
  return (
    <div className="flex flex-wrap items-center gap-x-5">
      <Link href={`/courses/${course.slug}/gift`} prefetch={false} className={quiet}>
        <Gift aria-hidden="true" />
        {t('asGift')}
      </Link>
      <form action={addToCart}>
        <input type="hidden" name="sku" value={`course:${course.id}`} />
        <input type="hidden" name="purpose" value="seats" />
        <button type="submit" className={quiet}>
          <UsersRound aria-hidden="true" />
          {t('forTeam')}
        </button>
      </form>
    </div>
  );
}
