import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DeadEnd } from '@/components/brand/dead-end.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('errors'))('notFoundTitle') };
}

export default function NotFound() {
  return (
    <div className="page-column flex flex-col items-center justify-center py-24 text-center">
      <DeadEnd status={404} />
    </div>
  );
}
