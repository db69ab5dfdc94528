import type { ReactNode } from 'react';

/** Code as it is, scrolling inside its own frame. `label` names the frame for those who do not see it. */
export function Source({ label, text }: { label: string; text: string }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
      className="scroll-x mt-2 max-h-96 overflow-y-auto rounded-lg border bg-card"
    >
      <pre className="w-max p-4 font-mono text-[0.8125rem] leading-6">
        <code>{text}</code>
      </pre>
    </section>
  );
}

/** A name of code in a sentence. */
export function Code({ children }: { children: ReactNode }) {
  return <code className="rounded-sm bg-muted px-1.5 py-0.5 font-mono text-[0.875em]">{children}</code>;
}
