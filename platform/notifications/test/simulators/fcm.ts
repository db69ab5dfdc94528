import { generateKeyPairSync, randomBytes, randomInt } from 'node:crypto';
import { importSPKI, jwtVerify } from 'jose';
import { z } from 'zod';
import { type ProviderServer, type Received, type Reply, startProviderServer } from './provider-server.ts';

const Text = z.record(z.string(), z.string());
const Message = z.strictObject({
  token: z.string().optional(),
  topic: z.string().optional(),
  condition: z.string().optional(),
  notification: z
    .strictObject({ title: z.string().optional(), body: z.string().optional(), image: z.string().optional() })
    .optional(),
  data: z.record(z.string(), z.unknown()).optional(),
  android: z
    .strictObject({
      priority: z.enum(['NORMAL', 'HIGH']).optional(),
      ttl: z
        .string()
        .regex(/^\d+(\.\d+)?s$/)
        .optional(),
      collapse_key: z.string().optional(),
      notification: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
  apns: z.strictObject({ headers: Text.optional(), payload: z.record(z.string(), z.unknown()).optional() }).optional(),
  webpush: z
    .strictObject({
      headers: Text.optional(),
      notification: z.record(z.string(), z.unknown()).optional(),
      fcm_options: z.strictObject({ link: z.string().startsWith('https://') }).optional(),
    })
    .optional(),
  fcm_options: z.strictObject({ analytics_label: z.string() }).optional(),
});
const Send = z.strictObject({ validate_only: z.boolean().optional(), message: Message });
export type FcmMessage = z.output<typeof Message>;

export type FcmSimulator = ProviderServer & {
  /** The service account's JSON, with its token address here. */
  account: string;
  /** Registrations that exist, and what each device was shown. */
  devices: Map<string, FcmMessage[]>;
  foreign: Set<string>;
  tokensGiven: number;
  /** Access tokens end now, whatever they promised. */
  revokeTokens: () => void;
  /** Apple's certificate is wrong. */
  thirdParty: boolean;
};

const fcmError = (errorCode: string) => ({ '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode });
const problem = (code: number, status: string, message: string, details: object[] = []): Reply => ({
  status: code,
  body: { error: { code, message, status, ...(details.length > 0 ? { details } : {}) } },
});

/** FCM HTTP v1 for one project, with the token endpoint of its service account. */
export async function startFcm(): Promise<FcmSimulator> {
  const project = 'example-project';
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const devices = new Map<string, FcmMessage[]>();
  const foreign = new Set<string>();
  const granted = new Set<string>();
  const email = `push@${project}.iam.gserviceaccount.com`;
  const spki = publicKey.export({ type: 'spki', format: 'pem' }).toString();

  const giveToken = async ({ method, headers, body }: Received): Promise<Reply> => {
    if (method !== 'POST' || headers['content-type'] !== 'application/x-www-form-urlencoded')
      return { status: 400, body: { error: 'invalid_request' } };
    const form = new URLSearchParams(body.toString());
    if (form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer')
      return { status: 400, body: { error: 'unsupported_grant_type' } };
    try {
      const { payload } = await jwtVerify(form.get('assertion') ?? '', await importSPKI(spki, 'RS256'), {
        issuer: email,
        audience: `${simulator.url}/token`,
        requiredClaims: ['exp', 'iat', 'scope'],
        maxTokenAge: '1h',
      });
      if (payload.scope !== 'https://www.googleapis.com/auth/firebase.messaging')
        return { status: 400, body: { error: 'invalid_scope' } };
    } catch {
      return { status: 400, body: { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' } };
    }
    const token = `ya29.${randomBytes(20).toString('base64url')}`;
    granted.add(token);
    simulator.tokensGiven += 1;
    return { status: 200, body: { access_token: token, expires_in: 3599, token_type: 'Bearer' } };
  };

  const answer = async (request: Received): Promise<Reply> => {
    if (request.path === '/token') return giveToken(request);
    if (request.path !== `/v1/projects/${project}/messages:send` || request.method !== 'POST')
      return problem(404, 'NOT_FOUND', 'Requested entity was not found.');
    const [scheme, token] = (request.headers.authorization ?? '').split(' ');
    if (scheme !== 'Bearer' || !granted.has(token ?? ''))
      return problem(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.');
    if (simulator.thirdParty)
      return problem(401, 'UNAUTHENTICATED', 'Auth error from APNS or Web Push Service', [
        fcmError('THIRD_PARTY_AUTH_ERROR'),
      ]);
    const read = Send.safeParse(JSON.parse(request.body.toString('utf8')));
    if (!read.success)
      return problem(400, 'INVALID_ARGUMENT', `Invalid JSON payload received. ${read.error.issues[0]?.path.join('.')}`);
    const { message } = read.data;
    for (const [name, value] of Object.entries(message.data ?? {})) {
      if (typeof value !== 'string') {
        const description = `Invalid value at 'message.data[0].value' (TYPE_STRING), ${String(value)}`;
        return problem(400, 'INVALID_ARGUMENT', description, [
          {
            '@type': 'type.googleapis.com/google.rpc.BadRequest',
            fieldViolations: [{ field: 'message.data[0].value', description }],
          },
        ]);
      }
      if (/^(from|message_type|google\..*|gcm\.notification\..*)$/.test(name))
        return problem(400, 'INVALID_ARGUMENT', `Invalid data payload key: ${name}`, [fcmError('INVALID_ARGUMENT')]);
    }
    const targets = [message.token, message.topic, message.condition].filter((target) => target !== undefined);
    if (targets.length !== 1)
      return problem(400, 'INVALID_ARGUMENT', 'Recipient of the message is not set.', [fcmError('INVALID_ARGUMENT')]);
    if (Buffer.byteLength(JSON.stringify({ notification: message.notification, data: message.data })) > 4096)
      return problem(400, 'INVALID_ARGUMENT', 'Request contains an invalid argument.');
    const device = message.token ?? '';
    if (!/^[\w:-]{16,}$/.test(device))
      return problem(400, 'INVALID_ARGUMENT', 'The registration token is not a valid FCM registration token', [
        fcmError('INVALID_ARGUMENT'),
      ]);
    if (foreign.has(device))
      return problem(403, 'PERMISSION_DENIED', 'SenderId mismatch', [fcmError('SENDER_ID_MISMATCH')]);
    const shown = devices.get(device);
    if (!shown) return problem(404, 'NOT_FOUND', 'Requested entity was not found.', [fcmError('UNREGISTERED')]);
    shown.push(message);
    return { status: 200, body: { name: `projects/${project}/messages/0:${randomInt(1e12)}%31bd1c9631bd1c96` } };
  };

  const server = await startProviderServer({
    answer,
    overloaded: {
      ...problem(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded.', [fcmError('QUOTA_EXCEEDED')]),
      headers: { 'retry-after': '60' },
    },
    down: problem(500, 'INTERNAL', 'Internal error encountered.', [fcmError('INTERNAL')]),
  });
  const simulator: FcmSimulator = Object.assign(server, {
    account: '',
    devices,
    foreign,
    tokensGiven: 0,
    revokeTokens: () => granted.clear(),
    thirdParty: false,
  });
  simulator.account = JSON.stringify({
    type: 'service_account',
    project_id: project,
    private_key_id: 'test',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    client_email: email,
    token_uri: `${simulator.url}/token`,
  });
  return simulator;
}
