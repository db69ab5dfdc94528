import { type Ctx, statement } from '@stoa/kernel';
import type { Provider } from 'oidc-provider';
import type { IdentityDeps } from '../identity-deps.ts';
import { hashToken } from '../secrets.ts';
import { deviceOf } from '../sessions.ts';
import { type CheckedPerson, holdsPerson } from '../users.ts';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

// The result is written here and not by the provider, because it is worth a session: it must stand or fall with the
// password. An interaction that is gone meanwhile stays gone, which the provider's own upsert would bring back.
const keep = statement<
  [
    userId: string,
    passwordHash: string | null,
    device: Buffer,
    at: string,
    newPasswordHash: string | null,
    ip: string | null,
    userAgent: string | null,
    interaction: Buffer,
    result: string,
  ],
  { id: string }
>(
  'identity.keep_login',
  `with person as (
     ${holdsPerson('$1', '$2')}
   ), device as (
     insert into known_devices (user_id, device, last_seen_at) select id, $3, $4 from person
     on conflict (user_id, device) do update set last_seen_at = excluded.last_seen_at
   ), signed_in as (
     insert into sign_ins (user_id, at, kind, succeeded, ip, user_agent) select id, $4, 'web', true, $6, $7 from person
   ), rehashed as (
     update users set password_hash = $5 from person where users.id = person.id and $5::text is not null
   ), finished as (
     update oidc_payloads p set payload = jsonb_set(p.payload, '{result}', $9::jsonb), account_id = person.id
     from person where p.model = 'Interaction' and p.id_hash = $8
   )
   select id from person`,
);

/**
 * Finishes the step of an interaction that asks who somebody is: what `insertPlannedSession` does, for sign-ins whose
 * session the OpenID Provider keeps.
 * @param person as they were when their password was checked
 * @returns the address at which it goes on; undefined, and nothing is written, if their password has changed since, or
 * they were disabled or deleted
 */
export async function keepLogin(
  deps: IdentityDeps,
  { interaction, ctx }: { interaction: Interaction; ctx: Ctx },
  person: CheckedPerson,
  newPasswordHash: string | null = null,
): Promise<string | undefined> {
  const result = { ...interaction.lastSubmission, login: { accountId: person.id, amr: ['pwd'] } };
  const held = await deps.db.row(keep, [
    person.id,
    person.password_hash,
    deviceOf(deps, ctx),
    deps.clock.now().toISOString(),
    newPasswordHash,
    ctx.ip ?? null,
    ctx.userAgent ?? null,
    hashToken(interaction.uid),
    JSON.stringify(result),
  ]);
  return held ? interaction.returnTo : undefined;
}
