import { Heart } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { readWishIds } from '@/buying/wish-cookie.ts';
import { Button } from '@/components/ui/button.tsx';
import { cn } from '@/design/cn.ts';
import { setWish } from './wish-list/actions.ts';

type Props = {
  course: { id: string; title: string };
  /** `icon` on cards, `words` beside other buttons. */
  look: 'icon' | 'words';
  className?: string;
};

/** The heart that keeps a course for later, or lets it go. Works without JavaScript and without an account. */
export async function WishButton({ course, look, className }: Props) {
  const [t, wishes] = await Promise.all([getTranslations('buying.wish'), readWishIds()]);
  if (!wishes) return null;
  const wished = wishes.has(course.id);
  const heart = <Heart aria-hidden="true" className={cn(wished && 'fill-current text-primary')} />;
  return (
    <form action={setWish} className={className}>
      <input type="hidden" name="course" value={course.id} />
      <input type="hidden" name="wished" value={wished ? 'no' : 'yes'} />
      {look === 'words' ? (
        <Button type="submit" variant="ghost" className="w-full" aria-pressed={wished}>
          {heart}
          {wished ? t('kept') : t('keep')}
        </Button>
      ) : (
        <button
          type="submit"
          aria-pressed={wished}
          aria-label={t('keepOf', { title: course.title })}
          title={wished ? t('kept') : t('keep')}
          className="grid size-10 place-items-center rounded-full border bg-card/90 text-foreground hover:bg-card [&_svg]:size-[1.125rem]"
        >
          {heart}
        </button>
      )}
    </form>
  );
}
