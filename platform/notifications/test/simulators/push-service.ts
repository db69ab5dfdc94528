import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { importJWK, jwtVerify } from 'jose';
import { type ProviderServer, type Received, type Reply, startProviderServer } from './provider-server.ts';

/** A browser with a subscription: it alone can read what is sent to it. */
export type Browser = {
  subscription: { endpoint: string; keys: { p256dh: string; auth: string } };
  /** What it decrypted, in order. */
  shown: Record<string, unknown>[];
  headers: Received['headers'][];
};

export type PushService = ProviderServer & {
  /** A browser that subscribes with the application server's key, as `pushManager.subscribe` does. */
  subscribe: (applicationServerKey: string) => Browser;
  unsubscribe: (browser: Browser) => void;
};

type Registration = { browser: Browser; key: string; receive: (body: Buffer) => void };

/** A push service (RFC 8030) that checks the sender's signature (RFC 8292) and browsers that decrypt (RFC 8291). */
export async function startPushService(now = () => new Date()): Promise<PushService> {
  const registrations = new Map<string, Registration>();

  const answer = async ({ method, path, headers, body }: Received): Promise<Reply> => {
    const registration = registrations.get(path);
    if (!registration) return { status: 410, body: 'push subscription has unsubscribed or expired.' };
    if (method !== 'POST') return { status: 405 };
    const match = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(headers.authorization ?? '');
    if (!match?.[1] || !match[2]) return { status: 401, body: 'no signature' };
    if (match[2] !== registration.key)
      return { status: 403, body: 'the key is not the one the subscription was made with' };
    const point = Buffer.from(match[2], 'base64url');
    try {
      const key = await importJWK(
        {
          kty: 'EC',
          crv: 'P-256',
          x: point.subarray(1, 33).toString('base64url'),
          y: point.subarray(33).toString('base64url'),
        },
        'ES256',
      );
      const { payload } = await jwtVerify(match[1], key, {
        audience: server.url,
        requiredClaims: ['exp', 'sub'],
        currentDate: now(),
      });
      if ((payload.exp ?? 0) > now().getTime() / 1000 + 86_400) return { status: 403, body: 'lives longer than a day' };
      if (!/^(mailto:|https:)/.test(payload.sub ?? '')) return { status: 403, body: 'no contact' };
    } catch {
      return { status: 403, body: 'the signature does not verify' };
    }
    if (!/^\d+$/.test(String(headers.ttl ?? ''))) return { status: 400, body: 'TTL is missing' };
    if (headers['content-encoding'] !== 'aes128gcm') return { status: 400, body: 'not aes128gcm' };
    if (headers.urgency && !['very-low', 'low', 'normal', 'high'].includes(String(headers.urgency)))
      return { status: 400, body: 'urgency' };
    if (headers.topic && !/^[\w-]{1,32}$/.test(String(headers.topic))) return { status: 400, body: 'topic' };
    if (body.length > 4096) return { status: 413, body: 'too large' };
    registration.receive(body);
    registration.browser.headers.push(headers);
    return { status: 201, headers: { location: `${server.url}/m/${randomBytes(9).toString('base64url')}` } };
  };

  const server = await startProviderServer({
    answer,
    overloaded: { status: 429, headers: { 'retry-after': '31' }, body: 'slow down' },
    down: { status: 500, body: 'oh' },
  });
  return Object.assign(server, {
    subscribe: (applicationServerKey: string) => {
      const keys = createECDH('prime256v1');
      const publicKey = keys.generateKeys();
      const auth = randomBytes(16);
      const path = `/wpush/v2/${randomBytes(12).toString('base64url')}`;
      const browser: Browser = {
        subscription: {
          endpoint: `${server.url}${path}`,
          keys: { p256dh: publicKey.toString('base64url'), auth: auth.toString('base64url') },
        },
        shown: [],
        headers: [],
      };
      const receive = (body: Buffer) => {
        browser.shown.push(JSON.parse(decrypt(body, { keys, publicKey, auth }).toString('utf8')));
      };
      registrations.set(path, { browser, key: applicationServerKey, receive });
      return browser;
    },
    unsubscribe: (browser: Browser) => {
      registrations.delete(new URL(browser.subscription.endpoint).pathname);
    },
  });
}

/** RFC 8291 from the other side, written for the tests and sharing nothing with what encrypts. */
export function decrypt(
  body: Buffer,
  { keys, publicKey, auth }: { keys: ReturnType<typeof createECDH>; publicKey: Buffer; auth: Buffer },
): Buffer {
  const salt = body.subarray(0, 16);
  const size = body.readUInt32BE(16);
  const idLength = body.readUInt8(20);
  const sender = body.subarray(21, 21 + idLength);
  const record = body.subarray(21 + idLength);
  if (record.length > size) throw new Error('more than one record');
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, sender]);
  const ikm = Buffer.from(hkdfSync('sha256', keys.computeSecret(sender), auth, info, 32));
  const key = Buffer.from(hkdfSync('sha256', ikm, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16));
  const nonce = Buffer.from(hkdfSync('sha256', ikm, salt, Buffer.from('Content-Encoding: nonce\0'), 12));
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  const end = padded.lastIndexOf(2);
  return padded.subarray(0, end);
}
