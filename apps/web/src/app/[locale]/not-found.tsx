import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DeadEnd } from '@/components/brand/dead-end.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('errors'))('notFoundTitle') };
}

export default function NotFound() {
  return (
    <main
      id="content"
      tabIndex={-1}
      className="page-column flex min-h-dvh flex-col items-center justify-center py-24 text-center"
    >
      <DeadEnd status={404} />
    </main>
  );
}
