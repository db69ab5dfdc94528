import { type Clock, purposeSecret, type Settings } from '@stoa/kernel';
import { type Egress, openEgress } from '../egress/egress.ts';
import type { NotificationSettings } from '../settings.ts';
import { fcmAdapter, readServiceAccount } from './fcm.ts';
import type { ChannelAdapter, EmailMessage, PushMessage, SmsMessage } from './port.ts';
import { sendgridAdapter } from './sendgrid.ts';
import { smtpAdapter } from './smtp.ts';
import { twilioAdapter } from './twilio.ts';
import { deriveVapidKey, readVapidKey, type VapidKey } from './vapid.ts';
import { webPushAdapter } from './web-push.ts';

/** Names of the ways mail can go, as the console shows them. */
export const mailProviders = ['smtp', 'sendgrid', 'mailbox'] as const;
export type MailProvider = (typeof mailProviders)[number];

/** Every way out that this installation has. */
export type Channels = {
  email: ChannelAdapter<EmailMessage>;
  mailProvider: MailProvider;
  /** Undefined when nobody configured text messages: they are not offered then. */
  sms: ChannelAdapter<SmsMessage> | undefined;
  /** Undefined when nobody configured apps; browsers need no configuration. */
  fcm: ChannelAdapter<PushMessage> | undefined;
  webPush: ChannelAdapter<PushMessage>;
  vapidKey: VapidKey;
  /** For addresses that people typed in: browsers' push endpoints, operators' webhooks. */
  outside: Egress;
  close: () => void;
};

/** Where Twilio and SendGrid report, below the public address. */
export const callbackPaths = {
  twilio: '/api/notifications/webhooks/twilio',
  sendgrid: '/api/notifications/webhooks/sendgrid',
} as const;

type Options = { settings: NotificationSettings; environment: Settings; home: string; publicUrl: string; clock: Clock };

/**
 * Opens the ways out, as far as they are configured. Without a mail server mails arrive in the console's mailbox.
 * @throws Error if a key or an account is not one
 */
export function openChannels({ settings, environment, home, publicUrl, clock }: Options): Channels {
  const operator = openEgress({ reach: 'operator' });
  const outside = openEgress({ reach: settings.reachesLoopback ? 'development' : 'public' });
  const { from, sendgrid, smtpUrl, twilio, fcm, vapid } = settings;
  const email: ChannelAdapter<EmailMessage> = smtpUrl
    ? smtpAdapter({ url: smtpUrl, from })
    : sendgrid
      ? sendgridAdapter({ apiKey: sendgrid.apiKey, baseUrl: sendgrid.url, from, egress: operator, clock })
      : mailboxAdapter;
  const vapidKey = vapid.privateKey
    ? readVapidKey(vapid.privateKey)
    : deriveVapidKey(purposeSecret({ settings: environment, home }, 'web-push'));
  const contact = publicUrl.startsWith('https:') ? publicUrl : `mailto:${from.address}`;
  const channels = {
    email,
    mailProvider: smtpUrl ? ('smtp' as const) : sendgrid ? ('sendgrid' as const) : ('mailbox' as const),
    sms: twilio
      ? twilioAdapter({
          accountSid: twilio.accountSid,
          authToken: twilio.authToken,
          sender: twilio.from,
          baseUrl: twilio.url,
          callbackUrl: `${publicUrl}${callbackPaths.twilio}`,
          egress: operator,
          clock,
        })
      : undefined,
    fcm: fcm
      ? fcmAdapter({ account: readServiceAccount(fcm.account), baseUrl: fcm.url, egress: operator, clock })
      : undefined,
    webPush: webPushAdapter({ key: vapidKey, subject: vapid.subject ?? contact, egress: outside, clock }),
    vapidKey,
    outside,
  };
  return {
    ...channels,
    close: () => {
      for (const adapter of [channels.email, channels.sms, channels.fcm, channels.webPush]) adapter?.close();
    },
  };
}

const mailboxAdapter: ChannelAdapter<EmailMessage> = {
  provider: 'mailbox',
  send: async () => ({ kind: 'accepted', providerId: null, detail: 'kept in the mailbox' }),
  close: () => undefined,
};
