import { UserUpdated } from '@stoa/contracts';
import {
  type Ctx,
  emit,
  type FieldError,
  fieldMessage,
  kernelErrors,
  type Locale,
  requireUser,
  statement,
} from '@stoa/kernel';
import { userEventData } from './ensure-user.ts';
import type { IdentityDeps } from './identity-deps.ts';
import {
  isAcceptableName,
  isTimeZone,
  requireActiveUser,
  tidyName,
  toAccount,
  type UserRow,
  userColumns,
} from './users.ts';

export type ProfileChange = { name?: string | undefined; locale?: Locale | undefined; timeZone?: string | undefined };

const updateProfile = statement<
  [id: string, name: string | null, locale: string | null, timeZone: string | null, at: string],
  UserRow
>(
  'identity.update_profile',
  `update users set name = coalesce($2, name), locale = coalesce($3, locale), time_zone = coalesce($4, time_zone),
          version = version + 1, updated_at = $5
   where id = $1 and deleted_at is null and disabled_at is null
     and (name, locale, time_zone) is distinct from (coalesce($2, name), coalesce($3, locale), coalesce($4, time_zone))
   returning ${userColumns}`,
);

/** Changes name, language or time zone of the person who asks; what is left out stays. @throws validation_failed */
export function changeProfile(deps: IdentityDeps) {
  return async (input: ProfileChange, ctx: Ctx) => {
    const { userId } = requireUser(ctx);
    const refused: FieldError[] = [];
    const refuse = (pointer: string) =>
      refused.push({ pointer, code: 'invalid', message: fieldMessage('invalid', ctx.locale) });
    if (input.name !== undefined && !isAcceptableName(input.name)) refuse('/name');
    if (input.timeZone !== undefined && !isTimeZone(input.timeZone)) refuse('/timeZone');
    if (refused.length > 0) throw kernelErrors.validation_failed({ errors: refused });
    const name = input.name === undefined ? null : tidyName(input.name);
    const changed = await deps.db.transaction(async (tx) => {
      const now = deps.clock.now().toISOString();
      const user = await tx.row(updateProfile, [userId, name, input.locale ?? null, input.timeZone ?? null, now]);
      if (user)
        await emit(tx, ctx, deps.ids, {
          event: UserUpdated,
          aggregate: user.id,
          version: user.version,
          data: userEventData(user),
        });
      return user;
    });
    return toAccount(changed ?? (await requireActiveUser(deps.db, userId)));
  };
}
