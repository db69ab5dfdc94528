import type { ReactNode } from 'react';
import { Moment } from '@/components/time/moment.tsx';

export type TimelineStep = { at: string; title: ReactNode; detail?: string | null };

/** What happened to one thing, oldest first. */
export function Timeline({ steps }: { steps: TimelineStep[] }) {
  return (
    <ol className="space-y-3 border-s ps-5 text-sm">
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added at the end
        <li key={index} className="relative">
          <span aria-hidden="true" className="absolute top-1.5 -start-[1.5rem] size-2 rounded-full bg-primary" />
          <span className="font-medium">{step.title}</span>
          {step.detail && <span className="wrap-anywhere text-muted-foreground"> · {step.detail}</span>}
          <Moment at={step.at} precision="second" className="block text-muted-foreground text-xs" />
        </li>
      ))}
    </ol>
  );
}
