import type { ReactNode } from 'react';

type CheckoutLayoutProps = {
  /** Heading of what is bought, with the way to change it. */
  title: string;
  change: ReactNode;
  /** What is bought, and what it costs. */
  summary: ReactNode;
  /** The form. */
  children: ReactNode;
};

/**
 * The last page before paying: what it costs beside the form, above it on a phone. What is chosen in the form can change
 * what the summary shows, by `group-has-…/checkout`.
 */
export function CheckoutLayout({ title, change, summary, children }: CheckoutLayoutProps) {
  return (
    <div className="group/checkout mt-8 grid items-start gap-x-16 gap-y-10 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <section
        aria-labelledby="summary"
        className="rounded-lg border bg-card p-5 lg:sticky lg:top-24 lg:col-start-2 lg:row-start-1"
      >
        <div className="flex items-baseline justify-between gap-4">
          <h2 id="summary" className="text-xl">
            {title}
          </h2>
          {change}
        </div>
        {summary}
      </section>
      <div className="min-w-0 lg:col-start-1 lg:row-start-1">{children}</div>
    </div>
  );
}
