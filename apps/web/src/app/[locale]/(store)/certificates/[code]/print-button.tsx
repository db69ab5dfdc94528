'use client';

import { Printer } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { Button } from '@/components/ui/button.tsx';

const never = () => () => undefined;

/** Opens the browser's print dialog; not there without JavaScript, where the browser's own menu does it. */
export function PrintButton({ label }: { label: string }) {
  const here = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (
    <Button variant="outline" onClick={() => window.print()} className={here ? '' : 'invisible'}>
      <Printer aria-hidden="true" />
      {label}
    </Button>
  );
}
