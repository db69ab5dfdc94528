import { type Ctx, type Deps, hasRole, type Queries, requireUser, statement } from '@stoa/kernel';
import { z } from 'zod';
import { refuseErased } from './erased-people.ts';
import { errors } from './errors.ts';
import { templates } from './templates/all.ts';
import { type Channel, channels, onByDefault, type Template } from './templates/template.ts';

/** One switch: a kind of message in a channel. */
export const Preference = z.strictObject({
  kind: z.string(),
  channel: z.enum(channels),
  /** What people read, in their language. */
  name: z.string(),
  enabled: z.boolean(),
  /** Protects the account: always on. */
  locked: z.boolean(),
  /** Its mails may come together in a digest. */
  digestible: z.boolean(),
});
const TimeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
/** On the clock of the person's own time zone; may go over midnight. */
export const QuietHoursInput = z.strictObject({ from: TimeOfDay, to: TimeOfDay });
const digests = ['none', 'daily', 'weekly'] as const;

export const Preferences = z.strictObject({
  items: z.array(Preference),
  /** Which channels lead to this person, and if one does not, what is missing. */
  channels: z.array(
    z.strictObject({
      channel: z.enum(channels),
      ready: z.boolean(),
      missing: z.enum(['setup', 'phone', 'device']).nullable(),
    }),
  ),
  quietHours: QuietHoursInput.nullable(),
  timeZone: z.string(),
  digest: z.enum(digests),
});
export const PreferencesInput = z.strictObject({
  items: z
    .array(z.strictObject({ kind: z.string().max(60), channel: z.enum(channels), enabled: z.boolean() }))
    .max(200),
  /** null ends them; left out, they stay. */
  quietHours: QuietHoursInput.nullable().optional(),
  /** How small news come by mail; left out, it stays. */
  digest: z.enum(digests).optional(),
});

const listChoices = statement<[userId: string], { kind: string; channel: string; enabled: boolean }>(
  'notifications.list_choices',
  'select kind, channel, enabled from preferences where user_id = $1',
);
type Standing = {
  time_zone: string | null;
  quiet_from: number | null;
  quiet_to: number | null;
  digest: (typeof digests)[number] | null;
  has_phone: boolean;
  has_device: boolean;
};
const findStanding = statement<[userId: string], Standing>(
  'notifications.find_standing',
  `select r.time_zone, c.quiet_from, c.quiet_to, c.digest,
          exists (select 1 from phones where user_id = $1 and verified_at is not null) as has_phone,
          exists (select 1 from devices where user_id = $1) as has_device
   from (select $1::uuid as user_id) me
   left join recipients r on r.user_id = me.user_id left join delivery_choices c on c.user_id = me.user_id`,
);
const clearPreferences = statement<[userId: string]>(
  'notifications.clear_preferences',
  'delete from preferences where user_id = $1',
);
const keepChoices = statement<[userId: string, kinds: string[], channels: string[], enabled: boolean[]]>(
  'notifications.keep_choices',
  `insert into preferences (user_id, kind, channel, enabled)
   select $1, kind, channel, enabled from unnest($2::text[], $3::text[], $4::boolean[]) as chosen (kind, channel, enabled)
   on conflict (user_id, kind, channel) do update set enabled = excluded.enabled`,
);
const keepQuietHours = statement<[userId: string, from: number | null, to: number | null]>(
  'notifications.keep_quiet_hours',
  `insert into delivery_choices (user_id, quiet_from, quiet_to) values ($1, $2, $3)
   on conflict (user_id) do update set quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to`,
);
const keepDigest = statement<[userId: string, digest: string]>(
  'notifications.keep_digest',
  `insert into delivery_choices (user_id, digest) values ($1, $2) on conflict (user_id) do update set digest = excluded.digest`,
);

/** What this person can choose about: not what is nobody's choice, nor what is for people with another role. */
function offeredTo(ctx: Ctx, smsOffered: boolean): { template: Template; channel: Channel }[] {
  return templates
    .filter(({ unlisted, audience }) => !unlisted && (!audience || hasRole(ctx, audience)))
    .flatMap((template) =>
      template.channels.filter((channel) => channel !== 'sms' || smsOffered).map((channel) => ({ template, channel })),
    );
}

type PreferenceDeps = Pick<Deps, 'db'> & { smsOffered: boolean };

/** The caller's switches, all of them, in the order of the templates. @throws not_signed_in */
export function getPreferences(deps: PreferenceDeps) {
  return async (ctx: Ctx): Promise<z.output<typeof Preferences>> => {
    const { userId } = requireUser(ctx);
    const [chosen, standing] = await Promise.all([
      deps.db.rows(listChoices, [userId]),
      deps.db.row(findStanding, [userId]),
    ]);
    const choices = new Map(chosen.map((row) => [`${row.kind} ${row.channel}`, row.enabled]));
    const { quiet_from: from, quiet_to: to } = standing ?? { quiet_from: null, quiet_to: null };
    return {
      items: offeredTo(ctx, deps.smsOffered).map(({ template, channel }) => ({
        kind: template.kind,
        channel,
        name: template.label[ctx.locale],
        enabled: template.security || (choices.get(`${template.kind} ${channel}`) ?? onByDefault(template, channel)),
        locked: template.security,
        digestible: channel === 'email' && template.urgency === 'low',
      })),
      channels: [
        { channel: 'email', ready: true, missing: null },
        !deps.smsOffered
          ? { channel: 'sms', ready: false, missing: 'setup' }
          : { channel: 'sms', ready: standing?.has_phone ?? false, missing: standing?.has_phone ? null : 'phone' },
        { channel: 'push', ready: standing?.has_device ?? false, missing: standing?.has_device ? null : 'device' },
        { channel: 'inapp', ready: true, missing: null },
      ],
      quietHours: from === null || to === null ? null : { from: timeOfDay(from), to: timeOfDay(to) },
      timeZone: standing?.time_zone ?? 'UTC',
      digest: standing?.digest ?? 'daily',
    };
  };
}

/**
 * Replaces the caller's switches; what is left out is at its default (text messages off, everything else on).
 * @throws not_signed_in, notification_not_offered, notification_always_sent, quiet_hours_empty; invalid_token once the account
 *   is gone
 */
export function choosePreferences(deps: PreferenceDeps) {
  return async (input: z.output<typeof PreferencesInput>, ctx: Ctx): Promise<z.output<typeof Preferences>> => {
    const { userId } = requireUser(ctx);
    checkChoices(input.items, { ctx, smsOffered: deps.smsOffered });
    if (input.quietHours && input.quietHours.from === input.quietHours.to) throw errors.quiet_hours_empty();
    await deps.db.transaction(async (tx) => {
      await refuseErased(tx, userId);
      await tx.run(clearPreferences, [userId]);
      const { items } = input;
      await tx.run(keepChoices, [
        userId,
        items.map((item) => item.kind),
        items.map((item) => item.channel),
        items.map((item) => item.enabled),
      ]);
      await keepDeliveryChoices(tx, userId, input);
    });
    return getPreferences(deps)(ctx);
  };
}

async function keepDeliveryChoices(
  tx: Queries,
  userId: string,
  { quietHours, digest }: z.output<typeof PreferencesInput>,
): Promise<void> {
  if (quietHours !== undefined) {
    const range = quietHours ? [minutesOf(quietHours.from), minutesOf(quietHours.to)] : [null, null];
    await tx.run(keepQuietHours, [userId, range[0] ?? null, range[1] ?? null]);
  }
  if (digest !== undefined) await tx.run(keepDigest, [userId, digest]);
}

type Checked = { ctx: Ctx; smsOffered: boolean };
function checkChoices(items: z.output<typeof PreferencesInput>['items'], { ctx, smsOffered }: Checked): void {
  const offered = new Map(
    offeredTo(ctx, smsOffered).map(({ template, channel }) => [`${template.kind} ${channel}`, template]),
  );
  const seen = new Set<string>();
  for (const [index, { kind, channel, enabled }] of items.entries()) {
    const key = `${kind} ${channel}`;
    const template = offered.get(key);
    if (!template || seen.has(key)) {
      const error = errors.notification_not_offered();
      throw errors.notification_not_offered({
        errors: [{ pointer: `/items/${index}`, code: error.code, message: error.title(ctx.locale) }],
      });
    }
    seen.add(key);
    if (template.security && !enabled) {
      const error = errors.notification_always_sent();
      throw errors.notification_always_sent({
        errors: [{ pointer: `/items/${index}/enabled`, code: error.code, message: error.title(ctx.locale) }],
      });
    }
  }
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function timeOfDay(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
