import type { Ctx } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
import type { Capabilities } from '../providers/provider.ts';
import { readSwitches } from './switched-off.ts';

export type ProviderView = {
  name: string;
  available: boolean;
  /** Why not: `switched_off`, `not_configured`, `currency_not_supported`, `amount_too_small`, `cannot_renew`. */
  unavailable: string | null;
  presents: 'redirect' | 'qr_code' | null;
  /** What the payer has to tell before. */
  needs: ('document' | 'phone' | 'name')[];
  /** It can keep the method, and charge it again without the payer. */
  keepsMethod: boolean;
};

/** Ways to pay, and for those that cannot be used now, why. With an amount, whether they take it. */
export function listProviders(deps: Pick<PaymentDeps, 'db' | 'providers'>) {
  return async (
    asked: { currency?: string | undefined; amount?: number | undefined; renewing?: boolean | undefined },
    _ctx: Ctx,
  ): Promise<{ items: ProviderView[] }> => {
    const switches = await readSwitches(deps.db);
    return {
      items: deps.providers.map((configured) => {
        const capabilities = configured.provider?.capabilities ?? null;
        const off = switches.has(configured.name) ? 'switched_off' : null;
        const unavailable = configured.unavailable ?? off ?? (capabilities && refusal(capabilities, asked));
        return {
          name: configured.name,
          available: unavailable === null,
          unavailable,
          presents: capabilities?.presents ?? null,
          needs: [...(capabilities?.needs ?? [])],
          keepsMethod: capabilities?.savedMethods ?? false,
        };
      }),
    };
  };
}

function refusal(
  { currencies, minimum, savedMethods }: Capabilities,
  {
    currency,
    amount,
    renewing,
  }: { currency?: string | undefined; amount?: number | undefined; renewing?: boolean | undefined },
): string | null {
  if (renewing && !savedMethods) return 'cannot_renew';
  if (currency === undefined) return null;
  if (currencies !== 'any' && !currencies.includes(currency)) return 'currency_not_supported';
  return amount !== undefined && amount < (minimum[currency] ?? 1) ? 'amount_too_small' : null;
}
