import { Laptop, Smartphone, Terminal } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { deviceOf } from '@/components/sessions/device.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { requireSession } from '@/session/session.ts';
import { Section } from '../section.tsx';
import { PasswordForm } from './password-form.tsx';
import { EndAllButton, EndSessionButton } from './session-buttons.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('security.title') };
}

/** Password, and where the person is signed in. */
export default async function SecurityPage() {
  const { user } = await requireSession();
  const { items } = orThrow(await (await api()).GET('/api/users/me/sessions'));
  const t = await getTranslations('account');
  const sessions = items.toSorted((a, b) => Number(b.current) - Number(a.current));
  return (
    <div className="space-y-10">
      <h1 className="text-3xl">{t('security.title')}</h1>
      <Section id="password" title={t('password.title')} text={t('password.text')}>
        <PasswordForm email={user.email} />
      </Section>
      <Section id="sessions" title={t('sessions.title')} text={t('sessions.text')}>
        <ul className="divide-y rounded-lg border bg-card">
          {sessions.map((session) => {
            const { browser, system } = deviceOf(session.userAgent);
            const device =
              browser && system
                ? t('sessions.on', { browser, system })
                : (browser ?? system ?? (session.kind === 'api' ? t('sessions.program') : t('sessions.unknown')));
            const Icon =
              session.kind === 'api' ? Terminal : system === 'iPhone' || system === 'Android' ? Smartphone : Laptop;
            return (
              <li key={session.id} className="flex flex-wrap items-center gap-x-4 gap-y-3 p-4">
                <Icon aria-hidden="true" className="size-5 shrink-0 text-muted-foreground" />
                <div className="min-w-0 flex-1 basis-56">
                  <p className="flex flex-wrap items-center gap-2 font-medium text-sm">
                    {device}
                    {session.current && <Badge tone="success">{t('sessions.current')}</Badge>}
                  </p>
                  <p className="wrap-anywhere mt-0.5 text-muted-foreground text-sm">
                    {t('sessions.lastUsed')} <Moment at={session.lastUsedAt} />
                    {session.ip && ` · ${session.ip}`}
                  </p>
                </div>
                {!session.current && <EndSessionButton id={session.id} device={device} />}
              </li>
            );
          })}
        </ul>
        <div className="mt-4">
          <EndAllButton />
        </div>
      </Section>
    </div>
  );
}
