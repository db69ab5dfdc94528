import { type Ctx, statement } from '@stoa/kernel';
import type { IdentityDeps } from './identity-deps.ts';

export type SignInRow = {
  at: string;
  kind: 'web' | 'api';
  succeeded: boolean;
  ip: string | null;
  user_agent: string | null;
};

// Runs for an address without an account, too, and then writes nothing: both take the same time.
const noteFailure = statement<
  [emailKey: string, at: string, kind: string, ip: string | null, userAgent: string | null],
  never
>(
  'identity.note_failed_sign_in',
  `insert into sign_ins (user_id, at, kind, succeeded, ip, user_agent)
   select u.id, $2, $3, false, $4, $5
   from (select set_config('synchronous_commit', 'off', true)) as lazily, users u where u.email_key = $1`,
);
const listOfUser = statement<[userId: string, limit: number], SignInRow>(
  'identity.list_sign_ins',
  'select at, kind, succeeded, ip, user_agent from sign_ins where user_id = $1 order by id desc limit $2',
);

/** Notes a wrong password. Who got in is noted where the session begins. */
export async function noteFailedSignIn(
  deps: IdentityDeps,
  { emailKey, kind }: { emailKey: string; kind: 'web' | 'api' },
  ctx: Ctx,
): Promise<void> {
  await deps.db.run(noteFailure, [
    emailKey,
    deps.clock.now().toISOString(),
    kind,
    ctx.ip ?? null,
    ctx.userAgent ?? null,
  ]);
}

/** The newest sign-ins of a person, and tries with a wrong password. */
export function signInsOf(deps: IdentityDeps, userId: string, limit: number): Promise<SignInRow[]> {
  return deps.db.rows(listOfUser, [userId, limit]);
}
