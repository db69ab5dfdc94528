import type { IdentityService } from '@stoa/contracts';
import { type Client, type Ctx, type Deps, parseLocale, statement } from '@stoa/kernel';
import type { Channels } from './channels/open.ts';
import { makeCode } from './confirm-phone.ts';
import { findRecipient } from './find-recipient.ts';
import type { SendJob } from './record-messages.ts';
import { absolute } from './render-mail.ts';
import { type Ending, type Message, sendMessage } from './send-message.ts';
import type { NotificationSettings } from './settings.ts';
import { suppressAddress, suppressionOf } from './suppressions.ts';
import { templateOf } from './templates/all.ts';

const findPhone = statement<[userId: string], { number: string; verified: boolean; request_id: string }>(
  'notifications.find_phone',
  'select number, verified_at is not null as verified, request_id from phones where user_id = $1',
);

type SendDeps = Pick<Deps, 'db' | 'log' | 'jobs' | 'clock' | 'ids' | 'publicUrl' | 'home'> & {
  calls: { identity: Client<typeof IdentityService> };
  settings: NotificationSettings;
  channels: Channels;
  codeSecret: string;
};

/** Writes one text message and hands it over. What became of it comes with the provider's status callback. */
export function sendSms(deps: SendDeps, job: SendJob) {
  const { db, channels, publicUrl } = deps;

  const deliver = async (message: Message, ctx: Ctx): Promise<Ending> => {
    const { sms } = channels;
    if (!sms) return { end: 'suppressed', reason: 'text messages are not configured any more' };
    const recipient = await findRecipient(deps, message, ctx);
    const phone = message.user_id === null ? undefined : await db.row(findPhone, [message.user_id]);
    if (!recipient || !phone) return { end: 'suppressed', reason: 'the person has no number any more' };
    const template = templateOf(message.kind);
    if (!template.sms) throw new Error(`${message.kind} is no text message`);
    if (!phone.verified && !template.coded) return { end: 'suppressed', reason: 'the number is not confirmed' };
    const stopped = await suppressionOf(db, { channel: 'sms', address: phone.number, security: template.security });
    if (stopped) return { end: 'suppressed', reason: `the number is on the suppression list: ${stopped}` };

    const code = template.coded ? await makeCode(deps, { message, requestId: phone.request_id }) : undefined;
    if (template.coded && !code) return { end: 'suppressed', reason: 'the request is used or expired' };
    const reader = { name: recipient.name, timeZone: recipient.time_zone };
    const { text, path } = template.sms(parseLocale(recipient.locale) ?? 'en', {
      params: message.params,
      reader,
      code,
    });
    const outcome = await sms.send(
      { to: phone.number, text: path ? `${text} ${absolute(path, publicUrl)}` : text },
      { messageId: message.id, attempt: message.attempts },
    );
    if (outcome.kind === 'retry') return { end: 'later', afterSeconds: outcome.afterSeconds, detail: outcome.detail };
    if (outcome.kind === 'accepted')
      return { end: 'sent', provider: sms.provider, providerId: outcome.providerId, detail: outcome.detail };
    const { reason, detail } = outcome;
    if (reason === 'bad_address' || reason === 'suppressed') {
      await suppressAddress(db, deps, {
        channel: 'sms',
        address: phone.number,
        reason: reason === 'suppressed' ? 'opt_out' : 'bad_address',
        detail,
      });
    }
    return { end: 'refused', detail };
  };

  return sendMessage(deps, { channel: 'sms', job, deliver });
}
