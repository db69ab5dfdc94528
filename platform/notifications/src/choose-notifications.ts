import { type Ctx, type Deps, requireUser, statement } from '@stoa/kernel';
import { z } from 'zod';
import { errors } from './errors.ts';
import { findTemplate, templates } from './templates/all.ts';
import { channels } from './templates/template.ts';

/** One switch: a kind of message in a channel. */
export const Preference = z.strictObject({
  kind: z.string(),
  channel: z.enum(channels),
  /** What people read, in their language. */
  name: z.string(),
  enabled: z.boolean(),
  /** Protects the account: always on. */
  locked: z.boolean(),
});
export const Preferences = z.strictObject({ items: z.array(Preference) });
export const PreferencesInput = z.strictObject({
  items: z
    .array(z.strictObject({ kind: z.string().max(60), channel: z.enum(channels), enabled: z.boolean() }))
    .max(100),
});

const listOff = statement<[userId: string], { kind: string; channel: string }>(
  'notifications.list_switched_off',
  'select kind, channel from preferences where user_id = $1 and not enabled',
);
const clearPreferences = statement<[userId: string]>(
  'notifications.clear_preferences',
  'delete from preferences where user_id = $1',
);
const switchOff = statement<[userId: string, kinds: string[], channels: string[]]>(
  'notifications.switch_off',
  `insert into preferences (user_id, kind, channel, enabled)
   select $1, kind, channel, false from unnest($2::text[], $3::text[]) as off (kind, channel)
   on conflict (user_id, kind, channel) do update set enabled = false`,
);

/** The caller's switches, all of them, in the order of the templates. @throws not_signed_in */
export function getPreferences(deps: Pick<Deps, 'db'>) {
  return async (ctx: Ctx): Promise<z.output<typeof Preferences>> => {
    const { userId } = requireUser(ctx);
    const off = new Set((await deps.db.rows(listOff, [userId])).map((row) => `${row.kind} ${row.channel}`));
    return {
      items: templates.flatMap((template) =>
        template.channels.map((channel) => ({
          kind: template.kind,
          channel,
          name: template.label[ctx.locale],
          enabled: template.security || !off.has(`${template.kind} ${channel}`),
          locked: template.security,
        })),
      ),
    };
  };
}

/**
 * Replaces the caller's switches; what is left out is on.
 * @throws not_signed_in, notification_not_offered, notification_always_sent
 */
export function choosePreferences(deps: Pick<Deps, 'db'>) {
  return async (input: z.output<typeof PreferencesInput>, ctx: Ctx): Promise<z.output<typeof Preferences>> => {
    const { userId } = requireUser(ctx);
    const seen = new Set<string>();
    for (const [index, { kind, channel, enabled }] of input.items.entries()) {
      const template = findTemplate(kind);
      const key = `${kind} ${channel}`;
      if (!template?.channels.includes(channel) || seen.has(key)) {
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
    const off = input.items.filter((item) => !item.enabled);
    await deps.db.transaction(async (tx) => {
      await tx.run(clearPreferences, [userId]);
      await tx.run(switchOff, [userId, off.map((item) => item.kind), off.map((item) => item.channel)]);
    });
    return getPreferences(deps)(ctx);
  };
}
