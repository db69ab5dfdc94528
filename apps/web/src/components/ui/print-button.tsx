'use client';

import { Printer } from 'lucide-react';
import { Button } from '@/components/ui/button.tsx';

/** Opens the browser's print dialog; not there without JavaScript, where the browser's own menu does it. */
export function PrintButton({ label }: { label: string }) {
  return (
    <Button variant="outline" onClick={() => window.print()} className="noscript:hidden">
      <Printer aria-hidden="true" />
      {label}
    </Button>
  );
}
