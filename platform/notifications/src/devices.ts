import { createECDH } from 'node:crypto';
import { type Ctx, type Deps, requireUser, statement, Timestamp } from '@stoa/kernel';
import { z } from 'zod';
import type { Channels } from './channels/open.ts';
import { checkAddress, EgressRefused } from './egress/egress.ts';
import { refuseErased } from './erased-people.ts';
import { errors } from './errors.ts';

const base64url = z.string().regex(/^[A-Za-z0-9_-]+={0,2}$/);

/** What an app or a browser registers. */
export const DeviceInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fcm'), token: z.string().min(16).max(4096), name: z.string().max(120).optional() }),
  z.strictObject({
    kind: z.literal('webpush'),
    endpoint: z.string().min(10).max(2000),
    keys: z.strictObject({ p256dh: base64url.min(80).max(100), auth: base64url.min(20).max(30) }),
    name: z.string().max(120).optional(),
  }),
]);
export const Device = z.strictObject({
  id: z.string(),
  kind: z.enum(['fcm', 'webpush']),
  name: z.string(),
  createdAt: Timestamp,
  seenAt: Timestamp,
});
export const DeviceList = z.strictObject({ items: z.array(Device) });
export const PushKey = z.strictObject({ publicKey: z.string(), apps: z.boolean() });

/** Of one person; the one that was not seen for longest makes room. */
const mostDevices = 20;

type Row = { id: string; kind: 'fcm' | 'webpush'; name: string; created_at: string; seen_at: string };
const saveDevice = statement<
  [
    id: string,
    userId: string,
    kind: string,
    token: string,
    p256dh: string | null,
    auth: string | null,
    vapidKey: string | null,
    name: string,
    now: string,
  ],
  Row
>(
  'notifications.save_device',
  // A browser that somebody else signs in to is theirs from then on.
  `insert into devices (id, user_id, kind, token, p256dh, auth, vapid_key, name, created_at, seen_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
   on conflict (token) do update set
     id = case when devices.user_id = excluded.user_id then devices.id else excluded.id end,
     created_at = case when devices.user_id = excluded.user_id then devices.created_at else excluded.created_at end,
     user_id = excluded.user_id, p256dh = excluded.p256dh, auth = excluded.auth, vapid_key = excluded.vapid_key,
     name = excluded.name, seen_at = excluded.seen_at
   returning id, kind, name, created_at, seen_at`,
);
const dropOldest = statement<[userId: string, most: number]>(
  'notifications.drop_oldest_devices',
  `delete from devices where id in (select id from devices where user_id = $1 order by seen_at desc, id desc offset $2)`,
);
const listOwn = statement<[userId: string], Row>(
  'notifications.list_devices',
  'select id, kind, name, created_at, seen_at from devices where user_id = $1 order by seen_at desc, id',
);
const removeOwn = statement<[id: string, userId: string]>(
  'notifications.remove_device',
  'delete from devices where id = $1 and user_id = $2',
);

const toDevice = ({ created_at: createdAt, seen_at: seenAt, ...row }: Row) => ({ ...row, createdAt, seenAt });

/** The key that browsers subscribe with, and whether apps can be told, too. */
export function getPushKey({ channels }: { channels: Channels }) {
  return async (_ctx: Ctx): Promise<z.output<typeof PushKey>> => ({
    publicKey: channels.vapidKey.publicKey,
    apps: channels.fcm !== undefined,
  });
}

/** The caller's devices. @throws not_signed_in */
export function listDevices(deps: Pick<Deps, 'db'>) {
  return async (ctx: Ctx): Promise<z.output<typeof DeviceList>> => {
    const { userId } = requireUser(ctx);
    return { items: (await deps.db.rows(listOwn, [userId])).map(toDevice) };
  };
}

type AddDeps = Pick<Deps, 'db' | 'ids' | 'clock'> & { channels: Channels; reachesLoopback: boolean };

/**
 * Registers the caller's device; doing it again refreshes it. An endpoint that does not lead to the public internet, or
 * a key that is none, is refused here and not when the first message fails.
 * @throws not_signed_in, push_not_offered, push_subscription_refused; invalid_token once the account is gone
 */
export function addDevice({ db, ids, clock, channels, reachesLoopback }: AddDeps) {
  return async (input: z.output<typeof DeviceInput>, ctx: Ctx): Promise<z.output<typeof Device>> => {
    const { userId } = requireUser(ctx);
    if (input.kind === 'fcm' && !channels.fcm) throw errors.push_not_offered();
    if (input.kind === 'webpush') checkSubscription(input, reachesLoopback);
    const name = input.name ?? (ctx.userAgent ?? '').slice(0, 120);
    return db.transaction(async (tx) => {
      await refuseErased(tx, userId);
      const row = await tx.row(saveDevice, [
        ids.id(),
        userId,
        input.kind,
        input.kind === 'fcm' ? input.token : input.endpoint,
        input.kind === 'fcm' ? null : input.keys.p256dh,
        input.kind === 'fcm' ? null : input.keys.auth,
        input.kind === 'fcm' ? null : channels.vapidKey.publicKey,
        name,
        clock.now().toISOString(),
      ]);
      if (!row) throw new Error('a device was not saved');
      await tx.run(dropOldest, [userId, mostDevices]);
      return toDevice(row);
    });
  };
}

function checkSubscription(
  { endpoint, keys }: { endpoint: string; keys: { p256dh: string; auth: string } },
  reachesLoopback: boolean,
): void {
  try {
    checkAddress(endpoint, reachesLoopback ? 'development' : 'public');
  } catch (error) {
    if (error instanceof EgressRefused) throw errors.push_subscription_refused({ cause: error });
    throw error;
  }
  if (Buffer.from(keys.auth, 'base64url').length !== 16 || !isCurvePoint(Buffer.from(keys.p256dh, 'base64url')))
    throw errors.push_subscription_refused();
}

function isCurvePoint(key: Buffer): boolean {
  if (key.length !== 65) return false;
  const curve = createECDH('prime256v1');
  curve.generateKeys();
  try {
    curve.computeSecret(key);
    return true;
  } catch {
    // Node says only that it is invalid.
    return false;
  }
}

/** Forgets one of the caller's devices. @throws not_signed_in, device_not_found */
export function removeDevice(deps: Pick<Deps, 'db'>) {
  return async ({ id }: { id: string }, ctx: Ctx): Promise<undefined> => {
    const { userId } = requireUser(ctx);
    if ((await deps.db.run(removeOwn, [id, userId])) === 0) throw errors.device_not_found();
  };
}
