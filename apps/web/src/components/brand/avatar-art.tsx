import { avatarOf } from '@/art/avatar.ts';
import { Drawing } from './drawing.tsx';

/** The picture of a person who has none, from the id. Use `Avatar`, which frames it. */
export function AvatarArt({ id, className }: { id: string; className?: string }) {
  const { palette, shapes } = avatarOf(id);
  return (
    <svg viewBox="0 0 40 40" aria-hidden="true" data-art={palette} className={className}>
      <Drawing shapes={shapes} />
    </svg>
  );
}
