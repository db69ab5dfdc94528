import { coverHeight, coverOf, coverWidth } from '@/art/cover.ts';
import { cn } from '@/design/cn.ts';
import type { ArtPalette } from '@/design/tokens.ts';
import { Drawing } from './drawing.tsx';

/** The picture of a thing that has none, from its id. Decorative: the title stands beside it. Fills its box like `object-cover`. */
export function CoverArt({ id, palette, className }: { id: string; palette?: ArtPalette; className?: string }) {
  const cover = coverOf(id, palette);
  return (
    <svg
      viewBox={`0 0 ${coverWidth} ${coverHeight}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      data-art={cover.palette}
      className={cn('block aspect-video w-full', className)}
    >
      <Drawing shapes={cover.shapes} />
    </svg>
  );
}
