import { type Ctx, requireUser } from '@stoa/kernel';
import type { IdentityDeps } from './identity-deps.ts';
import { requireActiveUser, toAccount } from './users.ts';

/** The person who asks. @throws not_signed_in, invalid_token once the account is gone */
export function readProfile(deps: IdentityDeps) {
  return async (ctx: Ctx) => {
    const { userId } = requireUser(ctx);
    return toAccount(await requireActiveUser(deps.db, userId));
  };
}
