import type { IdentityService } from '@stoa/contracts';
import { type Client, type Ctx, type Deps, parseLocale, statement } from '@stoa/kernel';
import type { Channels } from './channels/open.ts';
import type { Outcome, PushMessage, PushTarget } from './channels/port.ts';
import { findRecipient } from './find-recipient.ts';
import type { SendJob } from './record-messages.ts';
import { absolute } from './render-mail.ts';
import { type Ending, type Message, sendMessage } from './send-message.ts';
import type { NotificationSettings } from './settings.ts';
import { templateOf } from './templates/all.ts';

type Device = {
  id: string;
  kind: 'fcm' | 'webpush';
  token: string;
  p256dh: string | null;
  auth: string | null;
  vapid_key: string | null;
};
const devicesWithout = statement<[userId: string, messageId: string], Device & { done: boolean }>(
  'notifications.devices_for_message',
  `select d.id, d.kind, d.token, d.p256dh, d.auth, d.vapid_key, dd.device_id is not null as done
   from devices d left join device_deliveries dd on dd.device_id = d.id and dd.message_id = $2
   where d.user_id = $1 order by d.id`,
);
const noteDelivery = statement<[messageId: string, deviceId: string, providerId: string | null]>(
  'notifications.note_device_delivery',
  'insert into device_deliveries (message_id, device_id, provider_id) values ($1, $2, $3) on conflict do nothing',
);
const dropDevice = statement<[id: string]>('notifications.drop_device', 'delete from devices where id = $1');

/** How long a device that is off may still be told. */
const ttlSeconds = 24 * 3600;

type SendDeps = Pick<Deps, 'db' | 'log' | 'jobs' | 'clock' | 'publicUrl'> & {
  calls: { identity: Client<typeof IdentityService> };
  settings: NotificationSettings;
  channels: Channels;
};

/**
 * Tells all devices of a person. Devices that have gone are forgotten. A repeated try leaves out those that have it
 * already; a crash right after a provider's answer repeats it there, where the same topic or collapse key takes its place.
 */
export function sendPush(deps: SendDeps, job: SendJob) {
  const { db, channels, publicUrl, log } = deps;

  const tell = async (device: Device, push: Omit<PushMessage, 'target'>, message: Message): Promise<Outcome> => {
    const target = targetOf(device);
    if (target.kind === 'webpush' && device.vapid_key !== channels.vapidKey.publicKey)
      return { kind: 'refused', reason: 'unregistered', detail: 'subscribed with another key' };
    const adapter = target.kind === 'fcm' ? channels.fcm : channels.webPush;
    if (!adapter) return { kind: 'refused', reason: 'rejected', detail: 'push to apps is not configured any more' };
    return adapter.send({ ...push, target }, { messageId: message.id, attempt: message.attempts });
  };

  const deliver = async (message: Message, ctx: Ctx): Promise<Ending> => {
    const recipient = await findRecipient(deps, message, ctx);
    if (!recipient || message.user_id === null)
      return { end: 'suppressed', reason: 'the person has no account any more' };
    const template = templateOf(message.kind);
    if (!template.notice) throw new Error(`${message.kind} is no push message`);
    const reader = { name: recipient.name, timeZone: recipient.time_zone };
    const { title, body, path } = template.notice(parseLocale(recipient.locale) ?? 'en', {
      params: message.params,
      reader,
    });
    const push = {
      title: shorten(title, 120),
      body: shorten(body, 400),
      url: absolute(path, publicUrl),
      kind: message.kind,
      ttlSeconds,
      urgent: template.urgency === 'security' || template.urgency === 'prompted',
    };
    const devices = await db.rows(devicesWithout, [message.user_id, message.id]);
    let reached = devices.filter((device) => device.done).length;
    const providers = new Set<string>();
    const troubles: { afterSeconds: number | null; detail: string }[] = [];
    const refusals: string[] = [];
    for (const device of devices.filter((candidate) => !candidate.done)) {
      const outcome = await tell(device, push, message);
      if (outcome.kind === 'accepted') {
        await db.run(noteDelivery, [message.id, device.id, outcome.providerId]);
        reached += 1;
        providers.add(device.kind);
      } else if (outcome.kind === 'retry') {
        troubles.push(outcome);
      } else {
        refusals.push(outcome.detail);
        if (outcome.reason === 'rejected') continue;
        await db.run(dropDevice, [device.id]);
        log.info({ deviceId: device.id, reason: outcome.reason }, 'a device is not there any more');
      }
    }
    const [trouble] = troubles;
    if (trouble) return { end: 'later', ...trouble };
    if (reached > 0) {
      const provider = [...providers].sort().join(' ') || 'push';
      return { end: 'sent', provider, providerId: null, detail: `${reached} of ${devices.length} devices` };
    }
    return refusals[0]
      ? { end: 'refused', detail: refusals[0] }
      : { end: 'suppressed', reason: 'the person has no device any more' };
  };

  return sendMessage(deps, { channel: 'push', job, deliver });
}

function targetOf({ kind, token, p256dh, auth }: Device): PushTarget {
  if (kind === 'fcm') return { kind, token };
  if (p256dh === null || auth === null) throw new Error('a browser without its keys');
  return { kind, endpoint: token, p256dh, auth };
}

/** Cut at a character, never inside one. */
function shorten(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
