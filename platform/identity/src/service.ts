import type { IdentityService } from '@stoa/contracts';
import { type Ctx, hasRole, type Implementation, statement } from '@stoa/kernel';
import { createMailLink } from './create-mail-link.ts';
import { ensureUser } from './ensure-user.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { type UserRow, userColumns } from './users.ts';

const listUsers = statement<[ids: string[]], UserRow>(
  'identity.get_users',
  `select ${userColumns} from users where id = any($1::uuid[]) and deleted_at is null`,
);

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What siblings may ask identity. */
export function identityService(deps: IdentityDeps): Implementation<typeof IdentityService> {
  return {
    // Public by nature: the same keys stand at /.well-known/jwks.json.
    getSigningKeys: async () => ({ jwksJson: JSON.stringify((await deps.keys.read()).published) }),
    getUsers: async (input, ctx) => {
      const ids = [...new Set(input.ids)].filter((id) => uuid.test(id)).slice(0, 1000);
      if (ids.length === 0) return { users: [] };
      const rows = await deps.db.rows(listUsers, [ids]);
      return { users: rows.map((row) => toMessage(row, ctx)) };
    },
    createMailLink: createMailLink(deps),
    ensureUser: async (input, ctx) => {
      const { user, created } = await ensureUser(deps)(input, ctx);
      return { user: toMessage(user, ctx), created };
    },
  };
}

/** A person sees the names of others; the address only of themselves, unless they are support. */
function toMessage(user: UserRow, ctx: Ctx) {
  const mayContact = hasRole(ctx, 'support') || (ctx.actor.kind === 'user' && ctx.actor.userId === user.id);
  return {
    id: user.id,
    email: mayContact ? user.email : '',
    name: user.name,
    roles: user.roles,
    locale: user.locale,
    timeZone: user.time_zone,
    emailVerified: mayContact && user.email_verified_at !== null,
  };
}
