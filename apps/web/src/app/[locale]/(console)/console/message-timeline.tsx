import { getTranslations } from 'next-intl/server';
import { Timeline } from './timeline.tsx';

/** What the log knows words for. */
const steps = [
  'queued',
  'held',
  'released',
  'digested',
  'suppressed',
  'attempted',
  'sent',
  'delivered',
  'deferred',
  'bounced',
  'complained',
  'unsubscribed',
  'opened',
  'clicked',
  'refused',
  'failed',
  'retried',
  'read',
] as const;

type Step = { what: string; detail: string | null; at: string };

/** What happened to a message, in words; a step that has none yet shows its name. */
export async function MessageTimeline({ steps: happened }: { steps: readonly Step[] }) {
  const t = await getTranslations('console.log');
  return (
    <Timeline
      steps={happened.map(({ what, detail, at }) => {
        const known = steps.find((name) => name === what);
        return { at, title: known ? t(`what.${known}`) : what, detail };
      })}
    />
  );
}
