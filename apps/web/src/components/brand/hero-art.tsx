import { heroHeight, heroShapes, heroWidth } from '@/art/hero.ts';
import { cn } from '@/design/cn.ts';
import { Drawing } from './drawing.tsx';

const shapes = heroShapes();

/** The walk of a stoa in the afternoon. Decorative. */
export function HeroArt({ className }: { className?: string }) {
  return (
    <svg
      viewBox={`0 0 ${heroWidth} ${heroHeight}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      data-art="aegean"
      className={cn('block', className)}
    >
      <Drawing shapes={shapes} />
    </svg>
  );
}
