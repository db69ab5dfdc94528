import type { ReactNode } from 'react';
import { Bell } from '@/components/bell/bell.tsx';
import { Header } from '@/components/shell/header.tsx';

/** A learner's rooms: my learning and the player. No footer, so that the player can use the whole height; each page brings its `<main id="content">`. */
export default function LearnLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <Header bell={<Bell />} />
      {children}
    </div>
  );
}
