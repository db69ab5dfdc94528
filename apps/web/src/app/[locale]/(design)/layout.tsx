import type { ReactNode } from 'react';
import { Footer } from '@/components/shell/footer.tsx';
import { Header } from '@/components/shell/header.tsx';

export default function DesignLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <Header />
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <Footer />
    </>
  );
}
