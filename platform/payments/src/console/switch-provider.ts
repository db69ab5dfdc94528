import { type Ctx, requireRole, statement } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
import { errors } from '../errors.ts';
import { recordAudit } from './audit.ts';

const switchOff = statement<[provider: string, at: string, note: string], { provider: string }>(
  'payments.switch_provider_off',
  `insert into provider_switches (provider, switched_off_at, note) values ($1, $2, $3)
   on conflict (provider) do nothing returning provider`,
);
const switchOn = statement<[provider: string], { provider: string }>(
  'payments.switch_provider_on',
  'delete from provider_switches where provider = $1 returning provider',
);

/**
 * Offers a provider, or does not offer it any more, from this moment and in every process. Payments that have been begun
 * are not touched, and kept methods are charged when it is on again. Asked twice, it is done and recorded once.
 * @throws not_signed_in, not_allowed, provider_not_found, provider_unavailable (it is not configured)
 */
export function switchProvider(deps: Pick<PaymentDeps, 'db' | 'ids' | 'clock' | 'providers'>) {
  return async (
    { provider, offered, note }: { provider: string; offered: boolean; note: string },
    ctx: Ctx,
  ): Promise<{ name: string; offered: boolean }> => {
    requireRole(ctx, 'support');
    const configured = deps.providers.find((one) => one.name === provider);
    if (!configured) throw errors.provider_not_found({ params: { provider } });
    if (!configured.provider) throw errors.provider_unavailable({ params: { provider } });
    await deps.db.transaction(async (tx) => {
      const changed = offered
        ? await tx.row(switchOn, [provider])
        : await tx.row(switchOff, [provider, deps.clock.now().toISOString(), note]);
      if (!changed) return;
      const subject = { subjectKind: 'provider', subjectId: provider } as const;
      await recordAudit(tx, deps, ctx, { action: 'provider.switched', ...subject, details: { offered, note } });
    });
    return { name: provider, offered };
  };
}
