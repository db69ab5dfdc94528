import { type Ctx, kernelErrors, requireUser, statement } from '@stoa/kernel';
import { z } from 'zod';
import type { IdentityDeps } from './identity-deps.ts';

/** How the product looks and behaves for a person. Every field has a default: an old document stays readable. */
export const Preferences = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  textSize: z.enum(['small', 'normal', 'large']).default('normal'),
  reduceMotion: z.boolean().default(false),
  playbackRate: z.number().min(0.25).max(4).default(1),
  captions: z.boolean().default(false),
  captionsLanguage: z.string().max(20).nullable().default(null),
  autoplayNext: z.boolean().default(true),
  weekStartsOn: z.enum(['monday', 'sunday', 'saturday']).default('monday'),
});
export type Preferences = z.output<typeof Preferences>;
export const examplePreferences: Preferences = {
  theme: 'dark',
  textSize: 'normal',
  reduceMotion: false,
  playbackRate: 1.25,
  captions: true,
  captionsLanguage: null,
  autoplayNext: true,
  weekStartsOn: 'monday',
};

const read = statement<[userId: string], { preferences: unknown }>(
  'identity.read_preferences',
  'select preferences from users where id = $1 and deleted_at is null',
);
const write = statement<[userId: string, preferences: string, at: string], { preferences: unknown }>(
  'identity.write_preferences',
  'update users set preferences = $2, updated_at = $3 where id = $1 and deleted_at is null returning preferences',
);

/** The preferences of the person who asks, complete with defaults. */
export function readPreferences(deps: IdentityDeps) {
  return async (ctx: Ctx): Promise<Preferences> => {
    const { userId } = requireUser(ctx);
    const row = await deps.db.row(read, [userId]);
    if (!row) throw kernelErrors.invalid_token();
    return Preferences.parse(row.preferences);
  };
}

/** Replaces the preferences of the person who asks; what is left out goes back to its default. */
export function writePreferences(deps: IdentityDeps) {
  return async (input: Preferences, ctx: Ctx): Promise<Preferences> => {
    const { userId } = requireUser(ctx);
    const row = await deps.db.row(write, [userId, JSON.stringify(input), deps.clock.now().toISOString()]);
    if (!row) throw kernelErrors.invalid_token();
    return Preferences.parse(row.preferences);
  };
}
