import type { ReactNode } from 'react';

/** What is known about one thing, name and value. */
export function Facts({ facts }: { facts: { name: string; value: ReactNode }[] }) {
  return (
    <dl className="grid gap-x-6 gap-y-3 rounded-lg border bg-card p-4 text-sm sm:grid-cols-2 xl:grid-cols-3">
      {facts.map(({ name, value }) => (
        <div key={name} className="min-w-0">
          <dt className="text-muted-foreground text-xs">{name}</dt>
          <dd className="wrap-anywhere mt-0.5">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
