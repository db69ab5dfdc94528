import { type Ctx, requireRole, statement } from '@stoa/kernel';
import { toAdministered } from './administer-users.ts';
import { readStanding } from './attempts.ts';
import { errors } from './errors.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { sessionsOf } from './list-sessions.ts';
import { signInsOf } from './sign-ins.ts';
import { emailKeyOf, findUser } from './users.ts';

const findBecause = statement<[id: string], { disabled_because: string | null }>(
  'identity.find_disabled_because',
  'select disabled_because from users where id = $1',
);

/** How many sign-ins the page of a person shows. */
const shownSignIns = 20;

/** One person as operators see them: the account, where it is signed in, who tried to. @throws user_not_found */
export function readPerson(deps: IdentityDeps) {
  return async ({ id }: { id: string }, ctx: Ctx) => {
    requireRole(ctx, 'support');
    const user = await findUser(deps.db, id);
    if (!user) throw errors.user_not_found();
    const because = await deps.db.row(findBecause, [id]);
    const sessions = await sessionsOf(deps, id);
    const signIns = await signInsOf(deps, id, shownSignIns);
    return {
      ...toAdministered(user),
      disabledAt: user.disabled_at,
      disabledBecause: because?.disabled_because ?? null,
      guessing: await readStanding(deps, emailKeyOf(user.email)),
      sessions,
      signIns: signIns.map(({ user_agent, ...row }) => ({ ...row, userAgent: user_agent })),
    };
  };
}
