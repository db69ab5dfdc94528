import type { KeyObject } from 'node:crypto';
import { allow, type Deps, defineRoute, type Route } from '@stoa/kernel';
import { callbackPaths } from './channels/open.ts';
import { isSendgridEvent, readSendgridEvents } from './channels/sendgrid-events.ts';
import { isTwilioCallback, readOptOut, readSmsStatus } from './channels/twilio-signature.ts';
import { errors } from './errors.ts';
import { liftSuppressionOf, suppressAddress } from './suppressions.ts';
import { takeMailEvents, takeSmsReport } from './take-report.ts';

type CallbackDeps = Pick<Deps, 'db' | 'ids' | 'clock' | 'publicUrl'> & {
  twilioToken: string | undefined;
  sendgridKey: KeyObject | undefined;
};
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const oneOf = (header: string | string[] | undefined) => (Array.isArray(header) ? header[0] : header);
const bytesOf = (body: unknown) => (Buffer.isBuffer(body) ? body : Buffer.alloc(0));

/** Where providers report what became of messages. Signatures are over the bytes and the address they called. */
export function providerCallbacks(deps: CallbackDeps): Route[] {
  const { db, clock, publicUrl, twilioToken, sendgridKey } = deps;
  return [
    defineRoute({
      method: 'POST',
      url: callbackPaths.twilio,
      summary: 'Status callbacks and incoming messages of Twilio',
      description: 'Signed by Twilio over our public address, whatever proxies stand in between.',
      policy: allow.anyone(),
      idempotency: 'natural',
      rawBody: true,
      errors: ['callback_not_signed', 'callback_not_expected'],
      rateLimit: { limit: 6000, windowSeconds: 60 },
      handler: async ({ request }) => {
        if (!twilioToken) throw errors.callback_not_expected();
        const body = bytesOf(request.body);
        const json = oneOf(request.headers['content-type'])?.startsWith('application/json') ?? false;
        const params = json ? {} : Object.fromEntries(new URLSearchParams(body.toString('utf8')));
        // Never from Host or forwarded headers: those are the caller's to choose.
        const url = `${publicUrl}${request.url}`;
        const signature = oneOf(request.headers['x-twilio-signature']);
        if (!isTwilioCallback({ authToken: twilioToken, url, params, rawBody: json ? body : undefined, signature }))
          throw errors.callback_not_signed();
        const optOut = readOptOut(params);
        if (optOut?.stop) {
          await suppressAddress(db, deps, {
            channel: 'sms',
            address: optOut.number,
            reason: 'opt_out',
            detail: 'STOP',
          });
        } else if (optOut) {
          await liftSuppressionOf(db, 'sms', optOut.number);
        }
        const report = readSmsStatus(params);
        const named = new URL(url).searchParams.get('message');
        if (report) await takeSmsReport(deps)(report, named && uuid.test(named) ? named : null);
        return undefined;
      },
    }),
    defineRoute({
      method: 'POST',
      url: callbackPaths.sendgrid,
      summary: 'Signed event webhook of SendGrid',
      policy: allow.anyone(),
      idempotency: 'natural',
      rawBody: true,
      errors: ['callback_not_signed', 'callback_not_expected'],
      rateLimit: { limit: 6000, windowSeconds: 60 },
      handler: async ({ request }) => {
        if (!sendgridKey) throw errors.callback_not_expected();
        const body = bytesOf(request.body);
        const signed = isSendgridEvent({
          key: sendgridKey,
          signature: oneOf(request.headers['x-twilio-email-event-webhook-signature']),
          timestamp: oneOf(request.headers['x-twilio-email-event-webhook-timestamp']),
          body,
          now: clock.now(),
        });
        const events = signed ? readSendgridEvents(body.toString('utf8'), clock.now()) : undefined;
        if (!events) throw errors.callback_not_signed();
        await takeMailEvents(deps, 'sendgrid')(events);
        return undefined;
      },
    }),
  ];
}
