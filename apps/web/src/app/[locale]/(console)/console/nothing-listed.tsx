import type { ReactNode } from 'react';
import { buttonClasses } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Link } from '@/i18n/navigation.ts';

type NothingListedProps = {
  title: string;
  /** The way to the whole list, where this is only a part of it. */
  whole: { href: string; label: string } | null;
  children: ReactNode;
};

/** A list that is empty, by itself or by what it was narrowed to. */
export function NothingListed({ title, whole, children }: NothingListedProps) {
  return (
    <EmptyState
      title={title}
      action={
        whole && (
          <Link href={whole.href} className={buttonClasses({ variant: 'outline' })}>
            {whole.label}
          </Link>
        )
      }
    >
      {children}
    </EmptyState>
  );
}
