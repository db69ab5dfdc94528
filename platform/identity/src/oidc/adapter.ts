import type { IncomingMessage } from 'node:http';
import { statement } from '@stoa/kernel';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { IdentityDeps } from '../identity-deps.ts';
import { graceMs } from '../refresh.ts';
import { hashToken } from '../secrets.ts';

/** Client id of our own web application. */
export const webClientId = 'stoa-web';

type Row = { payload: AdapterPayload; consumed_at: string | null; sealed_id: string | null };
type ClientRow = {
  id: string;
  name: string;
  sealed_secret: string | null;
  redirect_uris: string[];
  post_logout_redirect_uris: string[];
};

const upsert = statement<
  [
    model: string,
    idHash: Buffer,
    payload: string,
    sealedId: string | null,
    grantId: string | null,
    userCode: string | null,
    uid: string | null,
    accountId: string | null,
    ip: string | null,
    userAgent: string | null,
    at: string,
    expiresAt: string | null,
  ],
  never
>(
  'identity.upsert_oidc_payload',
  `insert into oidc_payloads (model, id_hash, payload, sealed_id, grant_id, user_code, uid, account_id, ip, user_agent,
                              created_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
   on conflict (model, id_hash) do update set payload = excluded.payload, grant_id = excluded.grant_id,
     user_code = excluded.user_code, uid = excluded.uid, account_id = excluded.account_id, expires_at = excluded.expires_at`,
);
const find = statement<[model: string, idHash: Buffer], Row>(
  'identity.find_oidc_payload',
  'select payload, consumed_at, sealed_id from oidc_payloads where model = $1 and id_hash = $2',
);
const findByUid = statement<[model: string, uid: string], Row>(
  'identity.find_oidc_payload_by_uid',
  'select payload, consumed_at, sealed_id from oidc_payloads where model = $1 and uid = $2',
);
const findByUserCode = statement<[model: string, userCode: string], Row>(
  'identity.find_oidc_payload_by_code',
  'select payload, consumed_at, sealed_id from oidc_payloads where model = $1 and user_code = $2',
);
const consume = statement<[model: string, idHash: Buffer, at: string], never>(
  'identity.consume_oidc_payload',
  'update oidc_payloads set consumed_at = coalesce(consumed_at, $3) where model = $1 and id_hash = $2',
);
const destroy = statement<[model: string, idHash: Buffer], never>(
  'identity.destroy_oidc_payload',
  'delete from oidc_payloads where model = $1 and id_hash = $2',
);
const revokeGrant = statement<[grantId: string], never>(
  'identity.revoke_oidc_grant',
  'delete from oidc_payloads where grant_id = $1',
);
const findClient = statement<[id: string], ClientRow>(
  'identity.find_oidc_client',
  'select id, name, sealed_secret, redirect_uris, post_logout_redirect_uris from oidc_clients where id = $1',
);
const prune = statement<[before: string], never>(
  'identity.prune_oidc_payloads',
  'delete from oidc_payloads where expires_at < $1',
);

/** Where a request to the provider came from; filled by the mount, because the provider sees only the raw request. */
export const callers = new WeakMap<IncomingMessage, { ip: string; userAgent: string | null }>();

/**
 * Keeps what the provider stores in PostgreSQL. Ids of codes, tokens and sessions are bearer secrets, so only their
 * hash is kept; a session, which is also found by its public uid, keeps its id sealed.
 * @param currentRequest the request that the provider is at work on
 */
export function openAdapter(
  deps: IdentityDeps,
  currentRequest: () => IncomingMessage | undefined,
): (model: string) => Adapter {
  const { db, clock, secrets } = deps;
  return (model) => {
    const restore = (row: Row | undefined, id: string | undefined): AdapterPayload | undefined => {
      if (!row) return undefined;
      const jti = id ?? (row.sealed_id ? secrets.open('oidc-ids', row.sealed_id) : undefined);
      const payload: AdapterPayload = { ...row.payload, ...(jti === undefined ? {} : { jti }) };
      if (row.consumed_at && !isRepeatable(model, payload, row.consumed_at, clock.now()))
        payload.consumed = Math.floor(Date.parse(row.consumed_at) / 1000);
      return payload;
    };
    return {
      upsert: async (id, payload, expiresIn) => {
        const { jti: _secret, session, ...kept } = payload;
        const request = model === 'Session' ? currentRequest() : undefined;
        const caller = request ? callers.get(request) : undefined;
        const now = clock.now().getTime();
        await db.run(upsert, [
          model,
          hashToken(id),
          // The id of the session is as good as its cookie; the provider compares the uid alone.
          JSON.stringify(session ? { ...kept, session: { ...session, cookie: undefined } } : kept),
          model === 'Session' ? secrets.seal('oidc-ids', id) : null,
          // A grant is its own grant, so that ending it takes it along.
          model === 'Grant' ? id : (payload.grantId ?? null),
          payload.userCode ?? null,
          payload.uid ?? null,
          // A step that is finished and not gone on with has its person in the result alone.
          payload.accountId ?? payload.result?.login?.accountId ?? null,
          caller?.ip ?? null,
          caller?.userAgent ?? null,
          new Date(now).toISOString(),
          expiresIn ? new Date(now + expiresIn * 1000).toISOString() : null,
        ]);
      },
      find: async (id) => {
        if (model === 'Client') return toClient(await db.row(findClient, [id]), deps);
        return restore(await db.row(find, [model, hashToken(id)]), id);
      },
      findByUid: async (uid) => restore(await db.row(findByUid, [model, uid]), undefined),
      findByUserCode: async (userCode) => restore(await db.row(findByUserCode, [model, userCode]), undefined),
      consume: async (id) => {
        await db.run(consume, [model, hashToken(id), clock.now().toISOString()]);
      },
      destroy: async (id) => {
        await db.run(destroy, [model, hashToken(id)]);
      },
      revokeByGrantId: async (grantId) => {
        await db.run(revokeGrant, [grantId]);
      },
    };
  };
}

/**
 * Our web serves several tabs of one person at once, and each may refresh with the token it read: within the grace
 * period a used one still counts. It is a confidential client, so the token alone is worth nothing to a thief.
 */
function isRepeatable(model: string, payload: AdapterPayload, consumedAt: string, now: Date): boolean {
  return (
    model === 'RefreshToken' && payload.clientId === webClientId && now.getTime() - Date.parse(consumedAt) <= graceMs
  );
}

function toClient(row: ClientRow | undefined, deps: IdentityDeps): AdapterPayload | undefined {
  if (!row) return undefined;
  const secret = row.sealed_secret ? deps.secrets.open('oidc-clients', row.sealed_secret) : undefined;
  if (row.sealed_secret && secret === undefined) {
    deps.log.warn({ client: row.id }, 'the secret of an application was sealed with another installation secret');
    return undefined;
  }
  return {
    client_id: row.id,
    client_name: row.name,
    ...(secret === undefined
      ? { token_endpoint_auth_method: 'none' as const }
      : { client_secret: secret, token_endpoint_auth_method: 'client_secret_basic' as const }),
    redirect_uris: row.redirect_uris,
    post_logout_redirect_uris: row.post_logout_redirect_uris,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
  };
}

/** Deletes what expired more than an hour ago. */
export async function pruneOidcPayloads(deps: IdentityDeps): Promise<void> {
  await deps.db.run(prune, [new Date(deps.clock.now().getTime() - 3_600_000).toISOString()]);
}
