import type { ReactNode } from 'react';

type SectionProps = { id: string; title: string; text?: ReactNode; children: ReactNode };

/** One subject of the settings. `id` is also its anchor. */
export function Section({ id, title, text, children }: SectionProps) {
  return (
    <section
      aria-labelledby={`${id}-title`}
      id={id}
      className="max-w-2xl scroll-mt-24 border-t pt-8 first-of-type:border-t-0 first-of-type:pt-0"
    >
      <h2 id={`${id}-title`} className="text-xl">
        {title}
      </h2>
      {text && <p className="mt-1 text-muted-foreground text-sm">{text}</p>}
      <div className="mt-5">{children}</div>
    </section>
  );
}
