import { AsyncLocalStorage } from 'node:async_hooks';
import { statement } from '@stoa/kernel';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { IdentityDeps } from '../identity-deps.ts';
import { graceMs } from '../refresh.ts';
import { hashToken } from '../secrets.ts';

/** Client id of our own web application. */
export const webClientId = 'stoa-web';

type Row = {
  payload: AdapterPayload;
  consumed_at: string | null;
  sealed_id: string | null;
  account_id: string | null;
  session_endings: number | null;
};
type ClientRow = {
  id: string;
  name: string;
  sealed_secret: string | null;
  redirect_uris: string[];
  post_logout_redirect_uris: string[];
};

type Kept = [
  model: string,
  idHash: Buffer,
  payload: string,
  sealedId: string | null,
  grantId: string | null,
  userCode: string | null,
  uid: string | null,
  accountId: string | null,
  expiresAt: string | null,
];
type From = [at: string, ip: string | null, userAgent: string | null];

const columns = `(model, id_hash, payload, sealed_id, grant_id, user_code, uid, account_id, expires_at,
                            created_at, ip, user_agent)`;
const changes = `payload = excluded.payload, grant_id = excluded.grant_id,
     user_code = excluded.user_code, uid = excluded.uid, account_id = excluded.account_id, expires_at = excluded.expires_at`;

const upsert = statement<[...Kept, ...From], never>(
  'identity.upsert_oidc_payload',
  `insert into oidc_payloads ${columns} values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
   on conflict (model, id_hash) do update set ${changes}`,
);
// Whoever ends sessions changes the person's row first and deletes what hangs on them afterwards: one that comes first
// leaves no person here, one that comes later waits for this and finds what it wrote.
const upsertOfPerson = statement<[...Kept, ...From, sessionEndings: number, sessionUid: string | null], never>(
  'identity.upsert_oidc_payload_of_person',
  `with person as (
     select id from users
     where id = $8 and (session_endings = $13 or (session_endings = $13 + 1 and session_kept = $14))
       and disabled_at is null and deleted_at is null for share
   )
   insert into oidc_payloads ${columns} select $1, $2, $3, $4, $5, $6, $7, id, $9, $10, $11, $12 from person
   on conflict (model, id_hash) do update set ${changes}`,
);
const update = statement<Kept, never>(
  'identity.update_oidc_payload',
  `update oidc_payloads set payload = $3, sealed_id = $4, grant_id = $5, user_code = $6, uid = $7, account_id = $8,
          expires_at = $9
   where model = $1 and id_hash = $2`,
);
const found = `select p.payload, p.consumed_at, p.sealed_id, p.account_id, u.session_endings
   from oidc_payloads p left join users u on u.id = p.account_id`;
const find = statement<[model: string, idHash: Buffer], Row>(
  'identity.find_oidc_payload',
  `${found} where p.model = $1 and p.id_hash = $2`,
);
const findByUid = statement<[model: string, uid: string], Row>(
  'identity.find_oidc_payload_by_uid',
  `${found} where p.model = $1 and p.uid = $2`,
);
const findByUserCode = statement<[model: string, userCode: string], Row>(
  'identity.find_oidc_payload_by_code',
  `${found} where p.model = $1 and p.user_code = $2`,
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

/**
 * What is known of one request to the provider: where it came from, what it found, and how often the sessions of each
 * person had been ended when it first found something of theirs.
 */
export type Visit = {
  ip: string | null;
  userAgent: string | null;
  found: Set<string>;
  sessionEndings: Map<string, number>;
  isRefused: boolean;
};

/** The request that is being worked on. The provider is asked about sessions and persons within one only. */
export const visits = new AsyncLocalStorage<Visit>();

/** A request to the provider, of which nothing is known yet but where it came from. */
export function beginVisit({ ip, userAgent }: { ip: string; userAgent: string | undefined }): Visit {
  return {
    ip,
    userAgent: userAgent?.slice(0, 300) ?? null,
    found: new Set(),
    sessionEndings: new Map(),
    isRefused: false,
  };
}

/**
 * Keeps what the provider stores in PostgreSQL. Ids of codes, tokens and sessions are bearer secrets, so only their
 * hash is kept; a session, which is also found by its public uid, keeps its id sealed.
 *
 * The provider reads a session or a finished sign-in, works, and writes what follows from it. What was ended in between
 * (a new password, a sign-out) does not come back that way: what a request has found is only changed, never made again,
 * and what it makes for a person is made only while no session of theirs was ended since it found the first of it, or
 * all but the one that it hangs on.
 * @param refusal the error for a request that wanted to
 */
export function openAdapter(deps: IdentityDeps, refusal: () => Error): (model: string) => Adapter {
  const { db, clock, secrets } = deps;
  return (model) => {
    const remember = (row: Row, key: string): void => {
      const visit = visits.getStore();
      visit?.found.add(key);
      if (visit && row.account_id !== null && row.session_endings !== null && !visit.sessionEndings.has(row.account_id))
        visit.sessionEndings.set(row.account_id, row.session_endings);
    };
    const keyOf = (id: string) => `${model} ${id}`;
    const restore = (row: Row | undefined, id: string | undefined): AdapterPayload | undefined => {
      if (!row) return undefined;
      const jti = id ?? (row.sealed_id ? secrets.open('oidc-ids', row.sealed_id) : undefined);
      if (jti !== undefined) remember(row, keyOf(jti));
      const payload: AdapterPayload = { ...row.payload, ...(jti === undefined ? {} : { jti }) };
      if (row.consumed_at && !isRepeatable(model, payload, row.consumed_at, clock.now()))
        payload.consumed = Math.floor(Date.parse(row.consumed_at) / 1000);
      return payload;
    };
    /** How many rows were written: none if what they follow from has been ended. */
    const write = async (
      id: string,
      { kept, sessionUid, visit }: { kept: Kept; sessionUid: string | null; visit: Visit | undefined },
    ): Promise<number> => {
      if (visit?.found.has(keyOf(id))) return db.run(update, kept);
      const from: From = [
        clock.now().toISOString(),
        ...(model === 'Session' && visit ? ([visit.ip, visit.userAgent] as const) : ([null, null] as const)),
      ];
      const accountId = kept[7];
      // A refresh token is worth nothing without its grant, which is looked for with every use. The session that changes
      // the password keeps its grant, and with it what another tab of it is just given.
      if (accountId === null || model === 'RefreshToken') return db.run(upsert, [...kept, ...from]);
      const sessionEndings = visit?.sessionEndings.get(accountId);
      return sessionEndings === undefined ? 0 : db.run(upsertOfPerson, [...kept, ...from, sessionEndings, sessionUid]);
    };
    return {
      upsert: async (id, payload, expiresIn) => {
        const visit = visits.getStore();
        // The provider tries once more to save the session of a request that failed.
        if (visit?.isRefused && model === 'Session') return;
        const { jti: _secret, session, ...rest } = payload;
        const kept: Kept = [
          model,
          hashToken(id),
          // The id of the session is as good as its cookie; the provider compares the uid alone.
          JSON.stringify(session ? { ...rest, session: { ...session, cookie: undefined } } : rest),
          model === 'Session' ? secrets.seal('oidc-ids', id) : null,
          // A grant is its own grant, so that ending it takes it along.
          model === 'Grant' ? id : (payload.grantId ?? null),
          payload.userCode ?? null,
          payload.uid ?? null,
          // A step that is finished and not gone on with has its person in the result alone, one that is asked of
          // somebody signed in has them in their session.
          payload.accountId ?? payload.result?.login?.accountId ?? session?.accountId ?? null,
          expiresIn ? new Date(clock.now().getTime() + expiresIn * 1000).toISOString() : null,
        ];
        // The browser session it is of, or hangs on.
        const sessionUid =
          payload.sessionUid ?? session?.uid ?? (model === 'Session' ? payload.uid : undefined) ?? null;
        if ((await write(id, { kept, sessionUid, visit })) > 0) return;
        if (visit) visit.isRefused = true;
        throw refusal();
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
