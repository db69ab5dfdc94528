import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Section } from '../section.tsx';
import { ChoicesForm } from './choices-form.tsx';
import { PhoneForm } from './phone-form.tsx';
import { PushSwitch } from './push-switch.tsx';
import { RemoveDeviceButton } from './remove-device-button.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('choices.title') };
}

/** Which messages the person gets, where and when; their browsers and their number. */
export default async function NotificationsPage() {
  const client = await api();
  const [preferences, devices, phone, key] = await Promise.all([
    client.GET('/api/notifications/preferences').then(orThrow),
    client.GET('/api/notifications/devices').then(orThrow),
    client.GET('/api/notifications/phone').then(orThrow),
    client.GET('/api/notifications/push-key').then(orThrow),
  ]);
  const t = await getTranslations('account.choices');
  const tPush = await getTranslations('account.push');
  const smsOffered = preferences.channels.some(({ channel, missing }) => channel === 'sms' && missing !== 'setup');
  return (
    <>
      <h1 className="text-3xl">{t('title')}</h1>
      <p className="mt-2 mb-6 max-w-prose text-muted-foreground">{t('lead')}</p>
      <div className="space-y-10">
        <ChoicesForm preferences={preferences} smsOffered={smsOffered} />
        <Section id="push" title={tPush('title')} text={tPush('text')}>
          <PushSwitch applicationServerKey={key.publicKey} />
          {devices.items.length > 0 && (
            <ul className="mt-5 divide-y rounded-lg border bg-card" aria-label={tPush('devices')}>
              {devices.items.map((device) => {
                const name = device.name || tPush(`kind.${device.kind}`);
                return (
                  <li key={device.id} className="flex flex-wrap items-center justify-between gap-3 p-4">
                    <span className="min-w-0 flex-1">
                      <span className="wrap-anywhere block font-medium text-sm">{name}</span>
                      <span className="text-muted-foreground text-xs">
                        {tPush('since')} <Moment at={device.createdAt} precision="day" />
                      </span>
                    </span>
                    <RemoveDeviceButton id={device.id} name={name} />
                  </li>
                );
              })}
            </ul>
          )}
        </Section>
        {smsOffered && <PhoneForm number={phone.number} verified={phone.verified} />}
      </div>
    </>
  );
}
