import { readFileSync } from 'node:fs';
import type { Clock } from '@stoa/kernel';
import { importPKCS8, SignJWT } from 'jose';
import { z } from 'zod';
import type { Egress, EgressAnswer } from '../egress/egress.ts';
import {
  asRecord,
  type ChannelAdapter,
  type Outcome,
  type PushMessage,
  readJsonObject,
  retryAfterSeconds,
  unreachable,
} from './port.ts';

const ServiceAccount = z.object({
  project_id: z.string().min(1),
  client_email: z.string().min(3),
  private_key: z.string().min(100),
  token_uri: z.url().default('https://oauth2.googleapis.com/token'),
});
export type ServiceAccount = z.output<typeof ServiceAccount>;

/** Reads a service account: its JSON itself, or the path of the file it is in. @throws Error if it is not one */
export function readServiceAccount(setting: string): ServiceAccount {
  const text = setting.trimStart().startsWith('{') ? setting : readFileSync(setting, 'utf8');
  const account = ServiceAccount.safeParse(readJsonObject(text));
  // What was wrong could quote the key.
  if (!account.success) throw new Error('FCM_SERVICE_ACCOUNT is not a service account in JSON, or a path to one');
  return account.data;
}

type Options = {
  account: ServiceAccount;
  /** Default `https://fcm.googleapis.com`. */
  baseUrl: string;
  egress: Egress;
  clock: Clock;
  timeoutMs?: number;
};

/** Of `notification` and `data` together (documentation of FCM HTTP v1). */
const mostBytes = 4096;
const scope = 'https://www.googleapis.com/auth/firebase.messaging';

/** Push over FCM HTTP v1. */
export function fcmAdapter({ account, baseUrl, egress, clock, timeoutMs }: Options): ChannelAdapter<PushMessage> {
  const url = new URL(`/v1/projects/${account.project_id}/messages:send`, baseUrl).toString();
  const limit = timeoutMs ? { timeoutMs } : {};
  const accessToken = openTokens({ account, egress, clock, limit });

  const send = async (body: string): Promise<EgressAnswer> => {
    const answer = await egress.send({
      url,
      headers: {
        authorization: `Bearer ${await accessToken.get()}`,
        'content-type': 'application/json; charset=UTF-8',
      },
      body,
      ...limit,
    });
    return answer;
  };

  return {
    provider: 'fcm',
    send: async (push) => {
      if (push.target.kind !== 'fcm') throw new Error('not a device of this provider');
      const message = messageOf(push, push.target.token);
      const size = Buffer.byteLength(JSON.stringify({ notification: message.notification, data: message.data }));
      if (size > mostBytes)
        return { kind: 'refused', reason: 'rejected', detail: `${size} bytes are more than ${mostBytes}` };
      const body = JSON.stringify({ message });
      try {
        let answer = await send(body);
        // Once: our token may have ended early. A wrong key of Apple's answers the same status and would loop.
        if (answer.status === 401 && readError(answer).code !== 'THIRD_PARTY_AUTH_ERROR') {
          accessToken.forget();
          answer = await send(body);
        }
        return readAnswer(answer, clock.now());
      } catch (error) {
        return unreachable(error);
      }
    },
    close: () => undefined,
  };
}

function messageOf(push: PushMessage, token: string) {
  return {
    token,
    notification: { title: push.title, body: push.body },
    // Values are strings, whatever they mean.
    data: { kind: push.kind, url: push.url },
    android: { priority: push.urgent ? 'HIGH' : 'NORMAL', ttl: `${push.ttlSeconds}s`, collapse_key: push.kind },
    apns: { headers: { 'apns-priority': push.urgent ? '10' : '5' }, payload: { aps: { sound: 'default' } } },
    webpush: {
      headers: { TTL: String(push.ttlSeconds), Urgency: push.urgent ? 'high' : 'normal' },
      ...(push.url.startsWith('https:') ? { fcm_options: { link: push.url } } : {}),
    },
  };
}

type FcmError = { code: string; message: string; aboutToken: boolean };

/** What an error says. Details may be missing, and a gateway may answer HTML. */
function readError({ body }: EgressAnswer): FcmError {
  const error = asRecord(readJsonObject(body)?.error);
  const details = recordsOf(error?.details);
  const code = details.map((detail) => detail.errorCode).find((value) => typeof value === 'string');
  const violations = details.flatMap((detail) => recordsOf(detail.fieldViolations));
  const message = String(error?.message ?? '');
  return {
    code: String(code ?? error?.status ?? ''),
    message,
    aboutToken:
      violations.some((violation) => violation.field === 'message.token') || /registration token/i.test(message),
  };
}

function recordsOf(list: unknown): Record<string, unknown>[] {
  if (!Array.isArray(list)) return [];
  return list.map((entry: unknown) => asRecord(entry)).filter((record) => record !== undefined);
}

function readAnswer(answer: EgressAnswer, now: Date): Outcome {
  const { status, headers, body } = answer;
  if (status === 200) {
    const name: unknown = readJsonObject(body)?.name;
    if (typeof name === 'string') return { kind: 'accepted', providerId: name, detail: 'accepted' };
  }
  const error = readError(answer);
  const detail = `${status} ${error.code} ${error.message}`.trim().slice(0, 500);
  if (error.code === 'UNREGISTERED') return { kind: 'refused', reason: 'unregistered', detail };
  if (error.code === 'SENDER_ID_MISMATCH') return { kind: 'refused', reason: 'bad_address', detail };
  if (error.code === 'INVALID_ARGUMENT')
    return { kind: 'refused', reason: error.aboutToken ? 'bad_address' : 'rejected', detail };
  const asked = retryAfterSeconds(headers['retry-after'], now);
  // The documentation asks for a minute when a quota says nothing.
  return { kind: 'retry', afterSeconds: status === 429 ? (asked ?? 60) : asked, detail };
}

type TokenOptions = { account: ServiceAccount; egress: Egress; clock: Clock; limit: { timeoutMs?: number } };

/** Access tokens of the service account (RFC 7523), fetched once for all who wait and kept until shortly before their end. */
function openTokens({ account, egress, clock, limit }: TokenOptions) {
  let current: { token: string; until: number } | undefined;
  let fetching: Promise<string> | undefined;

  const fetchToken = async (): Promise<string> => {
    const key = await importPKCS8(account.private_key, 'RS256');
    const now = Math.floor(clock.now().getTime() / 1000);
    const assertion = await new SignJWT({ scope })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
      .setIssuer(account.client_email)
      .setAudience(account.token_uri)
      .setIssuedAt(now)
      .setExpirationTime(now + 3600)
      .sign(key);
    const answer = await egress.send({
      url: account.token_uri,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion }).toString(),
      ...limit,
    });
    const json = readJsonObject(answer.body);
    if (answer.status !== 200 || typeof json?.access_token !== 'string')
      throw new Error(`the service account got no access token: ${answer.status} ${String(json?.error ?? '')}`);
    const seconds = typeof json.expires_in === 'number' ? json.expires_in : 3600;
    current = { token: json.access_token, until: (now + Math.max(seconds - 60, 0)) * 1000 };
    return json.access_token;
  };

  return {
    get: async (): Promise<string> => {
      if (current && clock.now().getTime() < current.until) return current.token;
      fetching ??= fetchToken().finally(() => {
        fetching = undefined;
      });
      return fetching;
    },
    forget: () => {
      current = undefined;
    },
  };
}
