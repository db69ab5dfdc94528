import {
  type Deps,
  flag,
  type JobHandler,
  loadConfig,
  onJob,
  onSchedule,
  purposeSecret,
  type Route,
} from '@stoa/kernel';
import { z } from 'zod';
import type { ConfiguredProvider, Provider } from '../provider.ts';
import { deliveryJob, openDeliveries } from './deliveries.ts';
import type { PlayDeps } from './play-payer.ts';
import { createSandboxProvider } from './provider.ts';
import { sandboxRoutes } from './routes.ts';

/** Settings of the sandbox. */
export const sandboxSettings = z.object({
  /** The sandbox is on unless switched off: out of the box everything can be bought, and nothing costs money. */
  STOA_SANDBOX: flag.default(true),
  /** Shared with the other providers: when it names some and not `sandbox`, the sandbox is off too. */
  STOA_PROVIDERS: z.string().optional(),
  /** Seconds by which a late webhook is late. */
  STOA_SANDBOX_LATE_SECONDS: z.coerce.number().int().min(1).max(86_400).default(20),
});

type SandboxDeps = Pick<Deps, 'db' | 'clock' | 'ids' | 'publicUrl' | 'settings' | 'home' | 'log'> & {
  jobs?: Deps['jobs'];
  /** For the webhooks it sends; the global one by default. */
  fetch?: typeof fetch;
};

/** The sandbox, ready to be offered. When it is switched off there is no provider, no route and no page. */
export type Sandbox = {
  configured: ConfiguredProvider;
  /** The same with a code to scan in place of a page. */
  code: ConfiguredProvider;
  /** Null when it is switched off. */
  provider: Provider | null;
  routes: Route[];
  jobs: JobHandler[];
  /** Sends every webhook that is due, for processes without a job queue. */
  deliverDue: () => Promise<number>;
};

/**
 * Opens the built-in provider. It keeps its own book in the `sandbox_*` tables, shows the payer a page of its own, and
 * reports by signed webhooks over HTTP, as a payment company would. `home` and `settings` give the installation's
 * secret its webhooks are signed with.
 */
export function openSandbox(deps: SandboxDeps): Sandbox {
  const settings = loadConfig(sandboxSettings, deps.settings);
  const wanted = settings.STOA_PROVIDERS?.split(',').map((name) => name.trim());
  if (!settings.STOA_SANDBOX || (wanted && !wanted.includes('sandbox'))) {
    return {
      configured: { name: 'sandbox', provider: null, unavailable: 'switched_off', missing: [] },
      code: { name: 'sandbox-code', provider: null, unavailable: 'switched_off', missing: [] },
      provider: null,
      routes: [],
      jobs: [],
      deliverDue: async () => 0,
    };
  }
  deps.log.warn(
    { setting: 'STOA_SANDBOX' },
    'the payment sandbox is on: people can buy without paying; set STOA_SANDBOX=off before you sell anything',
  );
  const secret = sandboxWebhookSecret(deps);
  const deliveries = openDeliveries({
    db: deps.db,
    clock: deps.clock,
    ids: deps.ids,
    log: deps.log,
    jobs: deps.jobs,
    secret,
    fetch: deps.fetch ?? fetch,
    lateSeconds: settings.STOA_SANDBOX_LATE_SECONDS,
  });
  const playDeps: PlayDeps = {
    db: deps.db,
    clock: deps.clock,
    ids: deps.ids,
    publicUrl: deps.publicUrl,
    deliveries,
  };
  const provider = createSandboxProvider({ ...playDeps, secret });
  return {
    configured: { name: 'sandbox', provider, unavailable: null },
    code: {
      name: 'sandbox-code',
      provider: createSandboxProvider({ ...playDeps, secret, presents: 'qr_code' }),
      unavailable: null,
    },
    provider,
    routes: sandboxRoutes(playDeps),
    jobs: [
      onJob(deliveryJob, deliveries.deliverOne),
      onSchedule('sandbox-forget-deliveries', '13 4 * * *', deliveries.forget),
    ],
    deliverDue: deliveries.deliverDue,
  };
}

/** The secret of the sandbox's webhooks, for tests that forge one. */
export function sandboxWebhookSecret(installation: Pick<Deps, 'settings' | 'home'>): string {
  return purposeSecret(installation, 'payments.sandbox.webhooks');
}
