import { Timeline, type TimelineStep } from './timeline.tsx';

type HistoryProps = {
  title: string;
  /** Said when nothing has happened. */
  none: string;
  /** Newest first, as the API gives them. */
  steps: TimelineStep[];
};

/** What happened to something which goes on for months. */
export function History({ title, none, steps }: HistoryProps) {
  return (
    <section className="space-y-3">
      <h2 id="timeline" className="text-lg">
        {title}
      </h2>
      {steps.length === 0 ? (
        <p className="text-muted-foreground text-sm">{none}</p>
      ) : (
        <Timeline steps={steps.toReversed()} />
      )}
    </section>
  );
}
