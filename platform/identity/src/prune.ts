import { statement } from '@stoa/kernel';
import type { IdentityDeps } from './identity-deps.ts';

const prune = statement<[sessionsBefore: string, mailsBefore: string, devicesBefore: string], never>(
  'identity.prune_ended',
  `with sessions_gone as (
     delete from sessions where coalesce(revoked_at, expires_at) < $1
   ), mails_gone as (
     delete from mail_requests where created_at < $2
   ), sign_ins_gone as (
     delete from sign_ins where at < $3
   )
   delete from known_devices where last_seen_at < $3`,
);

/** Forgets sessions that ended 30 days ago, mail requests of 9 days (the way back to an old address is open for 7, from when its mail was written) and devices unseen and sign-ins of 90 days. */
export async function pruneEnded(deps: IdentityDeps): Promise<void> {
  const daysAgo = (days: number) => new Date(deps.clock.now().getTime() - days * 86_400_000).toISOString();
  await deps.db.run(prune, [daysAgo(30), daysAgo(9), daysAgo(90)]);
}
