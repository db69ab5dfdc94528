import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { webClientSecret } from '@stoa/identity';
import { createLog, type Host, type Log, purposeSecret, startHost, startTracing } from '@stoa/kernel';
import { startEmbeddedPostgres } from '@stoa/kernel/postgres';
import { apiEntrance } from './api-entrance.ts';
import { contexts } from './contexts.ts';
import { drainable } from './drain.ts';
import { servePages } from './serve-pages.ts';
import { describeSettings, type ServerSettings } from './settings.ts';

/** Begins a step people can see and returns the function that ends it. */
export type Step = (title: string) => (detail?: string) => void;

export type RunningServer = {
  host: Host;
  url: string;
  port: number;
  databaseUrl: string;
  log: Log;
  /** Stops taking requests, finishes what runs, then stops the database if it is ours. */
  stop: () => Promise<void>;
};

/**
 * Starts a platform process: database (embedded unless DATABASE_URL names a server), contexts, entrance, web.
 * @param options.signal calls the start off, after the step that is under way
 * @throws Error when a step fails, or when it is called off; what was started is stopped again
 */
export async function startServer(
  settings: ServerSettings,
  { environment, step, signal }: { environment: NodeJS.ProcessEnv; step: Step; signal: AbortSignal },
): Promise<RunningServer> {
  const log = createLog({ level: settings.STOA_LOG_LEVEL });
  const { home } = settings;
  await mkdir(home, { recursive: true });
  log.debug(describeSettings(environment), 'settings');
  const closers: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) {
      await close().catch((error: unknown) => log.error({ err: error }, 'stopping failed'));
    }
  };
  try {
    closers.push(await startTracing(environment));
    let databaseUrl = settings.DATABASE_URL;
    if (!databaseUrl) {
      const done = step('Starting PostgreSQL');
      const postgres = await startEmbeddedPostgres({
        dataDirectory: join(home, 'postgres'),
        log: (message) => log.info(message),
      });
      closers.push(() => postgres.stop());
      databaseUrl = postgres.url;
      done(`${postgres.version}, port ${postgres.port}${postgres.adopted ? ', taken over' : ''}`);
      signal.throwIfAborted();
    }

    const publicUrl = (settings.STOA_PUBLIC_URL ?? `http://localhost:${settings.PORT}`).replace(/\/$/, '');
    const done = step('Preparing contexts');
    const split = settings.run.length < contexts.length;
    let siblingsDocument: Record<string, unknown> = { paths: {} };
    const host = await startHost({
      contexts,
      run: settings.run,
      ...(settings.roles ? { roles: settings.roles } : {}),
      databaseUrl,
      publicUrl,
      home,
      settings: environment,
      log,
      siblings: settings.siblings,
      rateLimit: settings.STOA_RATE_LIMIT === 0 ? null : { limit: settings.STOA_RATE_LIMIT, windowSeconds: 60 },
      corsOrigins: settings.STOA_CORS_ORIGINS,
      trustProxy: settings.STOA_TRUST_PROXY,
      poolSize: settings.STOA_POOL_SIZE,
      ...(settings.STOA_RPC_LISTEN ? { rpcListen: settings.STOA_RPC_LISTEN } : {}),
      rpcSecret: settings.STOA_RPC_SECRET ?? purposeSecret({ settings: environment, home }, 'rpc'),
      ...(settings.STOA_ISSUER ? { issuer: settings.STOA_ISSUER } : {}),
      ...(settings.STOA_JWKS_URL ? { jwksUrl: settings.STOA_JWKS_URL } : {}),
      mergeOpenApi: async () => siblingsDocument,
    });
    closers.push(() => host.close());
    done(settings.run.join(', '));
    signal.throwIfAborted();

    if (Object.keys(settings.upstreams).length > 0) {
      const forwarded = step('Finding siblings');
      const { forwardSiblings } = await import('./gateway.ts');
      siblingsDocument = await forwardSiblings(host.app, settings.upstreams, { signal });
      forwarded(Object.keys(settings.upstreams).join(', '));
    }
    const hasWeb = settings.STOA_WEB ?? (!split && (settings.roles?.includes('api') ?? true));
    // Where every problem's `type` leads; browsers carry its fragment, the code, over the redirect.
    host.app.get('/api/docs', async (_request, reply) =>
      reply.redirect(hasWeb ? '/api-docs' : '/api/openapi.json', 302),
    );
    host.app.all('/api/*', async (_request, reply) => reply.callNotFound());

    if (hasWeb) await mountWeb(host, { settings, environment, publicUrl, step, closers });
    signal.throwIfAborted();

    const drain = drainable(host.app.server);
    const listening = step('Opening the door');
    await host.app.listen({ port: settings.PORT, host: settings.HOST });
    // Runs first of all: clients are asked to leave while everything behind the door still works.
    closers.push(() => drain(1_000));
    const address = host.app.server.address();
    const port = typeof address === 'object' && address ? address.port : settings.PORT;
    listening(`port ${port}`);
    signal.throwIfAborted();
    // For the command line of the same installation: where the database is while this process runs.
    await writeFile(join(home, 'running.json'), JSON.stringify({ pid: process.pid, databaseUrl, publicUrl }), {
      mode: 0o600,
    });
    return { host, url: publicUrl, port, databaseUrl, log, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type WebOptions = {
  settings: ServerSettings;
  environment: NodeJS.ProcessEnv;
  publicUrl: string;
  step: Step;
  closers: (() => Promise<unknown>)[];
};

/** Puts the web behind the same server: everything that is no operation is a page. */
async function mountWeb(host: Host, { settings, environment, publicUrl, step, closers }: WebOptions): Promise<void> {
  const done = step('Preparing the web');
  const installation = { settings: environment, home: settings.home };
  // Next reads its settings from the environment of the process, at build and at run time.
  Object.assign(process.env, {
    STOA_PUBLIC_URL: publicUrl,
    STOA_ISSUER: settings.STOA_ISSUER ?? publicUrl,
    STOA_SESSION_SECRET: environment.STOA_SESSION_SECRET ?? purposeSecret(installation, 'web-session'),
    STOA_WEB_CLIENT_SECRET: webClientSecret(installation),
    ...(settings.STOA_ISSUER && settings.STOA_ISSUER !== publicUrl ? { STOA_EXTERNAL_ISSUER: '1' } : {}),
  });
  // What Next compiles by itself it looks for from the folder it runs in, as its plugins do.
  if (settings.STOA_WEB_DEV) process.chdir(fileURLToPath(new URL('../../web/', import.meta.url)));
  const { createWebHandler } = await import('@stoa/web/embed');
  const web = await createWebHandler({
    dev: settings.STOA_WEB_DEV,
    port: settings.PORT,
    hostname: 'localhost',
    api: apiEntrance(host.app, publicUrl),
  });
  closers.push(() => web.close());
  await servePages(host.app, web.handler, settings.STOA_CORS_ORIGINS);
  if (web.upgrade) {
    const { upgrade } = web;
    host.app.server.on('upgrade', (request, socket, head) => {
      if (request.url?.startsWith('/_next/')) void upgrade(request, socket, head);
    });
  }
  done(settings.STOA_WEB_DEV ? 'development' : undefined);
}
