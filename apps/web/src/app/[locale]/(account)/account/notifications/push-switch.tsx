'use client';

import { BellOff, BellRing } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { toast } from '@/components/ui/toast.tsx';

/** What this browser can do: nothing, nothing any more, or be switched on and off. */
type Ability = 'unknown' | 'unsupported' | 'blocked' | 'off' | 'on';

const worker = '/push-worker.js';

/** Turns push messages on in this browser, and off again. Asks for permission only when it is clicked. */
export function PushSwitch({ applicationServerKey }: { applicationServerKey: string }) {
  const t = useTranslations('account.push');
  const locale = useLocale();
  const router = useRouter();
  const [ability, setAbility] = useState<Ability>('unknown');
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    findAbility().then(setAbility, () => setAbility('unsupported'));
  }, []);

  const run = async (work: () => Promise<Ability>, done: string) => {
    setBusy(true);
    try {
      const next = await work();
      setAbility(next);
      if (next !== 'blocked') toast({ message: done });
      router.refresh();
    } catch {
      toast({ kind: 'destructive', message: t('failed') });
    } finally {
      setBusy(false);
    }
  };

  if (ability === 'unknown') return <p className="min-h-10 text-muted-foreground text-sm">{t('looking')}</p>;
  if (ability === 'unsupported') return <Callout title={t('unsupported')}>{t('unsupportedText')}</Callout>;
  if (ability === 'blocked') {
    return (
      <Callout kind="warning" title={t('blocked')}>
        {t('blockedText')}
      </Callout>
    );
  }
  return ability === 'on' ? (
    <Button variant="outline" loading={busy} onClick={() => run(turnOff, t('turnedOff'))}>
      <BellOff aria-hidden="true" />
      {t('turnOff')}
    </Button>
  ) : (
    <Button loading={busy} onClick={() => run(() => turnOn(applicationServerKey, locale), t('turnedOn'))}>
      <BellRing aria-hidden="true" />
      {t('turnOn')}
    </Button>
  );
}

async function findAbility(): Promise<Ability> {
  if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window)) return 'unsupported';
  if (Notification.permission === 'denied') return 'blocked';
  const registration = await navigator.serviceWorker.getRegistration(worker);
  return (await registration?.pushManager.getSubscription()) ? 'on' : 'off';
}

async function turnOn(applicationServerKey: string, locale: string): Promise<Ability> {
  if ((await Notification.requestPermission()) !== 'granted') return 'blocked';
  await navigator.serviceWorker.register(worker);
  const { pushManager } = await navigator.serviceWorker.ready;
  const before = await pushManager.getSubscription();
  // One that was made with a key we no longer have is worth nothing.
  if (before && !isKey(before.options.applicationServerKey, applicationServerKey)) await before.unsubscribe();
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  const { endpoint, keys } = subscription.toJSON();
  const answer = await fetch('/bff/api/notifications/devices', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-stoa-locale': locale },
    body: JSON.stringify({
      kind: 'webpush',
      endpoint,
      keys: { p256dh: keys?.p256dh, auth: keys?.auth },
      name: browserName(),
    }),
  });
  if (answer.ok) return 'on';
  await subscription.unsubscribe();
  throw new Error(`the subscription was refused: ${answer.status}`);
}

/** The subscription ends here; the platform forgets the device when its push service says that it is gone. */
async function turnOff(): Promise<Ability> {
  const registration = await navigator.serviceWorker.getRegistration(worker);
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
  return 'off';
}

function isKey(bytes: ArrayBuffer | null, base64url: string): boolean {
  if (!bytes) return false;
  const text = btoa(String.fromCharCode(...new Uint8Array(bytes)));
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '') === base64url;
}

/** What a person calls their browser: "Firefox, Linux". */
function browserName(): string {
  const agent = navigator.userAgent;
  const browser = [
    ['Edg/', 'Edge'],
    ['OPR/', 'Opera'],
    ['Firefox/', 'Firefox'],
    ['Chrome/', 'Chrome'],
    ['Safari/', 'Safari'],
  ].find(([mark = '']) => agent.includes(mark))?.[1];
  const system = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS', 'Linux'].find((name) => agent.includes(name));
  return [browser, system].filter(Boolean).join(', ').slice(0, 120);
}
