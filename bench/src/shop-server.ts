import { createLog, startHost } from '@stoa/kernel';
import { paymentsWith } from '@stoa/payments';
import { contexts } from '../../apps/server/src/contexts.ts';
import { instant } from './instant-provider.ts';

// The platform with everything switched on, as the server starts it, but with a provider that takes the money at once:
// the server itself knows the real ones and the sandbox, whose own book and webhooks would be measured with ours.
// Notifications run in another process. Receives its settings as one message from the parent, answers with its port.

/** What the parent sends. */
export type ShopSettings = { databaseUrl: string; home: string; issuer: string; jwksUrl: string; poolSize: number };

process.on('disconnect', () => process.exit(0));
process.once('message', async (settings: ShopSettings) => {
  const host = await startHost({
    ...settings,
    contexts: contexts.map((context) => (context.name === 'payments' ? paymentsWith(() => [instant]) : context)),
    run: contexts.map(({ name }) => name).filter((name) => name !== 'notifications'),
    siblings: { notifications: '127.0.0.1:1' },
    rpcSecret: 'a secret that nobody else will ever hear of',
    publicUrl: 'http://localhost',
    settings: { STOA_SANDBOX: 'off' },
    log: createLog({ level: 'info' }),
    rateLimit: { limit: 1_000_000_000, windowSeconds: 60 },
    trustProxy: 1,
  });
  process.once('SIGTERM', () => void host.close().then(() => process.exit(0)));
  await host.app.listen({ port: 0, host: '127.0.0.1' });
  const address = host.app.server.address();
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 });
});
