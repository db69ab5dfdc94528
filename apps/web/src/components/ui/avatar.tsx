import { cn } from '@/design/cn.ts';
import { AvatarArt } from '../brand/avatar-art.tsx';
import { Picture } from './picture.tsx';

const sizes = { sm: 'size-6', md: 'size-9', lg: 'size-14' } as const;

/** A person's picture, or art from the id so that nothing looks empty. Decorative unless `name` is not written beside it. */
export function Avatar({
  id,
  src,
  name,
  size = 'md',
  className,
}: {
  id: string;
  src?: string | null;
  name?: string;
  size?: keyof typeof sizes;
  className?: string;
}) {
  const classes = cn('inline-block shrink-0 overflow-hidden rounded-full border', sizes[size], className);
  if (src) return <Picture src={src} alt={name ?? ''} className={cn(classes, 'object-cover')} />;
  return (
    <span className={classes} {...(name ? { role: 'img', 'aria-label': name } : { 'aria-hidden': true })}>
      <AvatarArt id={id} className="size-full" />
    </span>
  );
}
