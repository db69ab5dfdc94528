import { getTranslations } from 'next-intl/server';
import { Badge } from '@/components/ui/badge.tsx';

/** What can become of a mail, in the order it happens. */
export const mailStates = [
  'held',
  'queued',
  'sent',
  'delivered',
  'bounced',
  'digested',
  'failed',
  'suppressed',
] as const;
const tones = {
  held: 'neutral',
  queued: 'info',
  sent: 'success',
  delivered: 'success',
  bounced: 'destructive',
  digested: 'success',
  failed: 'destructive',
  suppressed: 'warning',
} as const;

/** Where a mail is, with the reason on hover where there is one. */
export async function MailState({ state, reason }: { state: (typeof mailStates)[number]; reason: string | null }) {
  const t = await getTranslations('console.mailbox');
  return (
    <Badge tone={tones[state]} {...(reason ? { title: reason } : {})}>
      {t(`state.${state}`)}
    </Badge>
  );
}
