import { CircleAlert, CircleCheck } from 'lucide-react';
import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Avatar } from '@/components/ui/avatar.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { parseTheme, themeCookie } from '@/design/theme.ts';
import { Appearance } from './appearance.tsx';
import { EmailChange, PendingEmail } from './email-change.tsx';
import { ProfileForm } from './profile-form.tsx';
import { ResendButton } from './resend-button.tsx';
import { Section } from './section.tsx';
import { timeZones } from './time-zones.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('profile.title') };
}

/** Who the person is here: name, language, time zone, address, appearance. */
export default async function ProfilePage() {
  const client = await api();
  const [person, change] = await Promise.all([client.GET('/api/users/me'), client.GET('/api/users/me/email-change')]);
  const me = orThrow(person);
  const { pending } = orThrow(change);
  const t = await getTranslations('account');
  const theme = parseTheme((await cookies()).get(themeCookie)?.value);
  return (
    <div className="space-y-10">
      <div className="flex items-center gap-4">
        <Avatar id={me.id} className="size-14" />
        <div className="min-w-0">
          <h1 className="text-3xl">{t('profile.title')}</h1>
          <p className="mt-1 text-muted-foreground text-sm">
            {t('profile.since')} <Moment at={me.createdAt} precision="day" />
          </p>
        </div>
      </div>
      <Section id="you" title={t('profile.you')}>
        <ProfileForm name={me.name} locale={me.locale} timeZone={me.timeZone} zones={timeZones(new Date())} />
      </Section>
      <Section id="email" title={t('email.title')} text={t('email.text')}>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <span className="wrap-anywhere font-medium">{me.email}</span>
          <Badge tone={me.emailVerified ? 'success' : 'warning'}>
            {me.emailVerified ? <CircleCheck aria-hidden="true" /> : <CircleAlert aria-hidden="true" />}
            {me.emailVerified ? t('email.verified') : t('email.unverified')}
          </Badge>
        </div>
        {!me.emailVerified && (
          <div className="mt-3 space-y-3">
            <p className="text-sm">{t('email.why')}</p>
            <ResendButton />
          </div>
        )}
        {pending && <PendingEmail email={pending.email} />}
        <EmailChange key={pending?.requestedAt} email={me.email} />
      </Section>
      <Section id="appearance" title={t('appearance.title')} text={t('appearance.text')}>
        <Appearance initial={theme} />
      </Section>
    </div>
  );
}
