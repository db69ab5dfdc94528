import type { MarketService } from '@stoa/contracts';
import type { Deps } from '@stoa/kernel';
import type { CallProvider } from './attempts/call-provider.ts';
import type { PaymentSettings } from './config.ts';
import type { ConfiguredProvider } from './providers/provider.ts';
import type { Tokens } from './tokens.ts';

/** What the use cases of payments work with. Each takes only what it needs of it. */
export type PaymentDeps = Pick<Deps, 'db' | 'jobs' | 'clock' | 'ids' | 'log' | 'publicUrl'> & {
  sockets: Deps<Record<never, never>, { markets: typeof MarketService }>['sockets'];
  config: PaymentSettings;
  providers: readonly ConfiguredProvider[];
  tokens: Tokens;
  callProvider: CallProvider;
};
