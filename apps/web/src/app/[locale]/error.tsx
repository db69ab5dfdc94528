'use client';

import { lazy, Suspense } from 'react';

// Every page carries this boundary; what it shows is fetched only when something has failed.
const PageError = lazy(() => import('@/components/shell/page-error.tsx'));

/**
 * A page that failed. The thrown error stays in the server's log; what is shown and can be copied is its digest: the
 * API's trace id when the API refused or failed (see ApiProblem), Next's own otherwise.
 */
export default function ErrorBoundary({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <Suspense>
      <PageError digest={error.digest} onRetry={reset} />
    </Suspense>
  );
}
