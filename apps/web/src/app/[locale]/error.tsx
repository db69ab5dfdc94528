'use client';

import { lazy, Suspense } from 'react';

// Every page carries this boundary; what it shows is fetched only when something has failed.
const PageError = lazy(() => import('@/components/shell/page-error.tsx'));

/** A page that failed. The thrown error stays in the server's log, under the digest that is shown and can be copied. */
export default function ErrorBoundary({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <Suspense>
      <PageError digest={error.digest} onRetry={reset} />
    </Suspense>
  );
}
