import { createHmac, randomBytes } from 'node:crypto';
import { type ProviderServer, type Received, type Reply, startProviderServer } from './provider-server.ts';

export type TwilioMessage = {
  sid: string;
  to: string;
  from: string | null;
  service: string | null;
  body: string;
  callback: string | null;
};

export type TwilioSimulator = ProviderServer & {
  accountSid: string;
  authToken: string;
  sender: string;
  messages: TwilioMessage[];
  /** Numbers that sent STOP. */
  stopped: Set<string>;
  /** A status callback as the provider would send it: its form and its signature for that address. */
  callback: (url: string, params: Record<string, string>) => { body: string; signature: string };
};

const problem = (status: number, code: number, message: string): Reply => ({
  status,
  body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
});

/** Parameters that creating a message knows (twilio_api_v2010, Messages). */
const known = new Set([
  'To',
  'StatusCallback',
  'ApplicationSid',
  'MaxPrice',
  'ProvideFeedback',
  'Attempt',
  'ValidityPeriod',
  'ForceDelivery',
  'ContentRetention',
  'AddressRetention',
  'SmartEncoded',
  'PersistentAction',
  'TrafficType',
  'ShortenUrls',
  'ScheduleType',
  'SendAt',
  'SendAsMms',
  'ContentVariables',
  'RiskCheck',
  'From',
  'MessagingServiceSid',
  'Body',
  'MediaUrl',
  'ContentSid',
]);

/** Characters of the GSM 7-bit alphabet that our texts use; one other makes the whole text UCS-2. */
const gsm = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/;

/** The Messages resource of Twilio: refuses what the specification refuses and keeps what it took. */
export async function startTwilio(): Promise<TwilioSimulator> {
  const accountSid = `AC${'a'.repeat(32)}`;
  const authToken = '12345';
  const sender = '+15005550006';
  const messages: TwilioMessage[] = [];
  const stopped = new Set<string>();
  const path = `/2010-04-01/Accounts/${accountSid}/Messages.json`;

  const answer = ({ method, path: asked, headers, body }: Received): Reply => {
    if (asked !== path) return problem(404, 20404, `The requested resource ${asked} was not found`);
    if (headers.authorization !== `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`)
      return problem(401, 20003, 'Authenticate');
    if (method !== 'POST') return problem(405, 20004, 'Method not allowed');
    if (headers['content-type'] !== 'application/x-www-form-urlencoded')
      return problem(400, 21602, 'A body is required');
    const form = new URLSearchParams(body.toString('utf8'));
    const strange = [...form.keys()].find((name) => !known.has(name));
    if (strange) return problem(400, 20001, `Unknown parameter ${strange}`);
    const to = form.get('To');
    const from = form.get('From');
    const service = form.get('MessagingServiceSid');
    const text = form.get('Body') ?? '';
    const callback = form.get('StatusCallback');
    if (!to) return problem(400, 21604, "A 'To' phone number is required.");
    if (!from && !service) return problem(400, 21603, "A 'From' phone number is required.");
    if (!/^\+[1-9]\d{7,14}$/.test(to)) return problem(400, 21211, `Invalid 'To' Phone Number: ${to}`);
    if (from && from !== sender) return problem(400, 21212, `Invalid From Number: ${from}`);
    if (service && !/^MG[0-9a-f]{32}$/.test(service))
      return problem(400, 21703, 'The Messaging Service does not exist');
    if (!text) return problem(400, 21602, 'Message body is required.');
    if (text.length > 1600)
      return problem(400, 21617, 'The concatenated message body exceeds the 1600 character limit');
    if (callback && !/^https?:\/\/(?!localhost|127\.)/.test(callback))
      return problem(400, 21609, 'The StatusCallback URL is not a valid URL.');
    if (stopped.has(to)) return problem(400, 21610, 'Attempt to send to unsubscribed recipient');
    const sid = `SM${randomBytes(16).toString('hex')}`;
    messages.push({ sid, to, from, service, body: text, callback });
    const [single, part] = gsm.test(text) ? [160, 153] : [70, 67];
    const segments = text.length <= single ? 1 : Math.ceil(text.length / part);
    return {
      status: 201,
      body: {
        account_sid: accountSid,
        api_version: '2010-04-01',
        body: text,
        date_created: new Date().toUTCString(),
        date_sent: null,
        date_updated: new Date().toUTCString(),
        direction: 'outbound-api',
        error_code: null,
        error_message: null,
        from,
        num_media: '0',
        num_segments: service ? '0' : String(segments),
        price: null,
        price_unit: null,
        messaging_service_sid: service,
        sid,
        status: service ? 'accepted' : 'queued',
        subresource_uris: { media: `/2010-04-01/Accounts/${accountSid}/Messages/${sid}/Media.json` },
        to,
        uri: `/2010-04-01/Accounts/${accountSid}/Messages/${sid}.json`,
      },
    };
  };

  const server = await startProviderServer({
    answer,
    overloaded: { ...problem(429, 20429, 'Too Many Requests'), headers: { 'retry-after': '17' } },
    down: problem(500, 20500, 'Internal Server Error'),
  });
  return Object.assign(server, {
    accountSid,
    authToken,
    sender,
    messages,
    stopped,
    callback: (url: string, params: Record<string, string>) => {
      const all = { AccountSid: accountSid, ApiVersion: '2010-04-01', From: sender, ...params };
      const signed = Object.entries(all)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .reduce((soFar, [name, value]) => `${soFar}${name}${value}`, url);
      return {
        body: new URLSearchParams(all).toString(),
        signature: createHmac('sha1', authToken).update(signed, 'utf8').digest('base64'),
      };
    },
  });
}
