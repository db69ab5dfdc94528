import type { Clock, Database, Log } from '@stoa/kernel';
import { statement } from '@stoa/kernel';
import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
  type JWK,
} from 'jose';
import type { Secrets } from './secrets.ts';

/** The key tokens are signed with now, and everything that is published. */
export type Keys = {
  current: { kid: string; key: CryptoKey; jwk: JWK };
  published: JSONWebKeySet;
};

export type SigningKeys = {
  /** Read again once a minute, so that every process follows a rotation. */
  read: () => Promise<Keys>;
  /** Makes a new key when the current one is older than `days`, and stops publishing keys retired for a day. */
  rotate: (options: { days: number }) => Promise<boolean>;
};

type KeyRow = {
  kid: string;
  public_jwk: JWK;
  private_jwk: string | null;
  created_at: string;
  retired_at: string | null;
};

const lockKeys = statement<[], never>(
  'identity.lock_signing_keys',
  "select pg_advisory_xact_lock(hashtextextended('stoa.identity.signing_keys', 0))",
);
const listKeys = statement<[], KeyRow>(
  'identity.list_signing_keys',
  'select kid, public_jwk, private_jwk, created_at, retired_at from signing_keys order by created_at desc, kid',
);
const insertKey = statement<[kid: string, publicJwk: string, sealed: string, at: string], never>(
  'identity.insert_signing_key',
  'insert into signing_keys (kid, public_jwk, private_jwk, created_at) values ($1, $2, $3, $4)',
);
const retireOthers = statement<[kid: string, at: string], never>(
  'identity.retire_signing_keys',
  'update signing_keys set retired_at = $2, private_jwk = null where kid <> $1 and retired_at is null',
);
const dropRetired = statement<[before: string], never>(
  'identity.drop_retired_signing_keys',
  'delete from signing_keys where retired_at < $1',
);

const rereadAfterMs = 60_000;
/** ID tokens and access tokens live far shorter; a day also covers clocks and caches that lag. */
const publishRetiredMs = 24 * 3_600_000;

/** The keys that access and ID tokens are signed with (ES256), kept in the database and sealed with the installation's secret. */
export function openSigningKeys(deps: { db: Database; clock: Clock; log: Log; secrets: Secrets }): SigningKeys {
  const { db, clock, log, secrets } = deps;
  let known: { keys: Promise<Keys>; readAt: number } | undefined;

  const load = async (): Promise<Keys> => {
    const rows = await db.rows(listKeys, []);
    return (await toKeys(rows, secrets)) ?? (await create());
  };

  const create = (): Promise<Keys> =>
    db.transaction(async (tx) => {
      await tx.run(lockKeys, []);
      const before = await tx.rows(listKeys, []);
      const usable = await toKeys(before, secrets);
      if (usable) return usable;
      if (before.some((row) => row.private_jwk))
        log.warn('the signing key was sealed with another secret; signing with a new one');
      await insertNew(tx);
      const keys = await toKeys(await tx.rows(listKeys, []), secrets);
      if (!keys) throw new Error('a signing key that was just made cannot be read');
      return keys;
    });

  const insertNew = async (tx: Pick<Database, 'run'>): Promise<void> => {
    const pair = await generateKeyPair('ES256', { extractable: true });
    const publicJwk = await exportJWK(pair.publicKey);
    const kid = await calculateJwkThumbprint(publicJwk);
    const now = clock.now().toISOString();
    await tx.run(insertKey, [
      kid,
      JSON.stringify({ ...publicJwk, kid, alg: 'ES256', use: 'sig' }),
      secrets.seal('signing-keys', JSON.stringify(await exportJWK(pair.privateKey))),
      now,
    ]);
    await tx.run(retireOthers, [kid, now]);
  };

  return {
    read: () => {
      const now = clock.now().getTime();
      if (!known || now - known.readAt > rereadAfterMs) {
        const keys = load();
        known = { keys, readAt: now };
        // A failed read is not remembered: the next caller tries again.
        keys.catch(() => {
          known = undefined;
        });
      }
      return known.keys;
    },
    rotate: async ({ days }) => {
      const now = clock.now().getTime();
      const rotated = await db.transaction(async (tx) => {
        await tx.run(lockKeys, []);
        const [newest] = await tx.rows(listKeys, []);
        await tx.run(dropRetired, [new Date(now - publishRetiredMs).toISOString()]);
        if (newest && now - Date.parse(newest.created_at) < days * 86_400_000) return false;
        await insertNew(tx);
        return true;
      });
      known = undefined;
      return rotated;
    },
  };
}

async function toKeys(rows: readonly KeyRow[], secrets: Secrets): Promise<Keys | undefined> {
  for (const row of rows) {
    if (row.retired_at || !row.private_jwk) continue;
    const opened = secrets.open('signing-keys', row.private_jwk);
    if (opened === undefined) continue;
    const jwk: JWK = { ...JSON.parse(opened), kid: row.kid, alg: 'ES256', use: 'sig' };
    const key = await importJWK(jwk, 'ES256');
    if (key instanceof Uint8Array) continue;
    return { current: { kid: row.kid, key, jwk }, published: { keys: rows.map((other) => other.public_jwk) } };
  }
  return undefined;
}
