import type { ReactNode } from 'react';
import { Bell } from '@/components/bell/bell.tsx';
import { Footer } from '@/components/shell/footer.tsx';
import { Header } from '@/components/shell/header.tsx';
import { DeviceZone } from '@/components/time/device-zone.tsx';

/** The storefront: airy, for everyone. Pages render their content inside `<main id="content">`. */
export default function StoreLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <Header bell={<Bell />} />
      <main id="content" tabIndex={-1} className="flex-1">
        {children}
      </main>
      <Footer />
      <DeviceZone />
    </div>
  );
}
