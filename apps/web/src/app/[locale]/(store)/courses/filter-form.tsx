'use client';

import Form from 'next/form';
import type { ReactNode } from 'react';

/** A form of GET whose selects take effect at once; the page does not reload when JavaScript runs. */
export function FilterForm({
  action,
  className,
  children,
}: {
  action: string;
  className: string;
  children: ReactNode;
}) {
  return (
    <Form
      action={action}
      scroll={false}
      className={className}
      onChange={(event) => {
        if (event.target instanceof HTMLSelectElement) event.currentTarget.requestSubmit();
      }}
    >
      {children}
    </Form>
  );
}
