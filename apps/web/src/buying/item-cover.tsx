import { CoverArt } from '@/components/brand/cover-art.tsx';
import { Picture } from '@/components/ui/picture.tsx';
import { cn } from '@/design/cn.ts';
import { courseIdOf } from './orders.ts';

/** The small picture of something bought. Decorative: its title stands beside it. */
export function ItemCover({ sku, coverUrl, className }: { sku: string; coverUrl: string; className?: string }) {
  const shape = cn(
    'aspect-video w-24 shrink-0 self-start overflow-hidden rounded-md border object-cover sm:w-32',
    className,
  );
  if (coverUrl) return <Picture src={coverUrl} alt="" width={256} height={144} className={shape} />;
  return (
    <div className={shape}>
      <CoverArt id={courseIdOf(sku) ?? sku} />
    </div>
  );
}
