'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, type ReactNode, useEffect, useRef, useTransition } from 'react';

type Props = {
  action: string;
  /** What the address asks for, by field. A link that takes a filter off changes the fields, too. */
  values: Record<string, string>;
  className: string;
  children: ReactNode;
  results: ReactNode;
  loading: ReactNode;
};

/**
 * A form of GET and what it finds. Without JavaScript the browser sends it; with it, selects take effect at once, the
 * page stays, and the shape of results stands in for them until they are there.
 */
export function FilterForm({ action, values, className, children, results, loading }: Props) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    for (const [name, value] of Object.entries(values)) {
      const field = form.current?.elements.namedItem(name);
      if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
    }
  }, [values]);
  const search = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(event.currentTarget)) {
      if (typeof value === 'string' && value.trim()) query.set(name, value.trim());
    }
    startTransition(() => router.push(query.size > 0 ? `${action}?${query}` : action, { scroll: false }));
  };
  return (
    <>
      <search>
        <form
          ref={form}
          action={action}
          className={className}
          onSubmit={search}
          onChange={(event) => {
            if (event.target instanceof HTMLSelectElement) event.currentTarget.requestSubmit();
          }}
        >
          {children}
        </form>
      </search>
      {pending && <div className="mt-8">{loading}</div>}
      <div hidden={pending}>{results}</div>
    </>
  );
}
