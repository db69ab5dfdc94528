import { resolve } from 'node:path';
import { describeConfig, flag, loadConfig, withConfigFile } from '@stoa/kernel';
import { z } from 'zod';
import { contexts } from './contexts.ts';

const Settings = z.object({
  /** Where people reach the platform; default http://localhost:<port>. */
  STOA_PUBLIC_URL: z.url().optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  /** Files of this installation: database, secret, media. */
  STOA_HOME: z.string().default('.stoa'),
  /** A PostgreSQL server (15 or newer) instead of the embedded one; the user must be able to create roles. */
  DATABASE_URL: z.string().startsWith('postgres').optional(),
  /** Contexts this process runs, by comma; all by default. */
  STOA_CONTEXTS: z.string().optional(),
  /** What this process does, by comma: api, worker, payment-worker; everything by default. */
  STOA_ROLES: z.string().optional(),
  /** Where this process serves its contexts to siblings, e.g. 0.0.0.0:7001. */
  STOA_RPC_LISTEN: z.string().optional(),
  /** Shared by all processes of an installation that runs as several. */
  STOA_RPC_SECRET: z.string().min(32).optional(),
  /** Serve the web from this process; default: when identity and courses run here. */
  STOA_WEB: flag.optional(),
  STOA_WEB_DEV: flag.default(false),
  /** The demo world on first start. */
  STOA_DEMO: flag.default(true),
  STOA_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Requests per minute and caller; 0 switches limiting off. */
  STOA_RATE_LIMIT: z.coerce.number().int().min(0).default(600),
  /** Origins, by comma, whose pages may call the API from a browser, e.g. https://app.example.org; none by default. */
  STOA_CORS_ORIGINS: z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((origin) => origin.trim().replace(/\/$/, '') || [])),
  /**
   * How many proxies stand in front of this process (true is one): the caller's address is then the one that the
   * outermost of them wrote into `X-Forwarded-For`. What callers themselves write there is never believed, as long as
   * nobody reaches this process past its proxies.
   */
  STOA_TRUST_PROXY: z.union([flag.transform(Number), z.coerce.number().int().min(0).max(10)]).default(0),
  /** An external OpenID Connect issuer (Keycloak) instead of the built-in one. */
  STOA_ISSUER: z.url().optional(),
  STOA_JWKS_URL: z.url().optional(),
  /** The installation's secret; generated into `STOA_HOME` if not set. */
  STOA_SECRET: z.string().optional(),
  /** Who is an administrator from the first sign-up on. */
  STOA_ADMIN_EMAIL: z.string().optional(),
  /** A collector for traces, and what this process is called there. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.string().optional(),
  OTEL_SERVICE_NAME: z.string().optional(),
  /** Longest that a stop waits for what cannot finish, such as a query to a database that has fallen silent. */
  STOA_STOP_SECONDS: z.coerce.number().int().min(1).max(3600).default(60),
  STOA_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(8),
});

export type ServerSettings = z.output<typeof Settings> & {
  home: string;
  /** Names of the contexts that run here. */
  run: string[];
  /** What this process does for them; undefined is everything. */
  roles: string[] | undefined;
  /** gRPC addresses of the others. */
  siblings: Record<string, string>;
  /** HTTP addresses of the others, for a process that is the entrance of all. */
  upstreams: Record<string, string>;
};

/**
 * Reads the settings of a server process. `STOA_RPC_<CONTEXT>` and `STOA_HTTP_<CONTEXT>` name where contexts that do
 * not run here are reached.
 * @throws Error naming every wrong setting
 */
export function readSettings(given: NodeJS.ProcessEnv): ServerSettings {
  const environment = withConfigFile(given);
  const settings = loadConfig(Settings, environment);
  const names = contexts.map((context) => context.name);
  const run = settings.STOA_CONTEXTS
    ? settings.STOA_CONTEXTS.split(',')
        .map((name) => name.trim())
        .filter(Boolean)
    : names;
  const unknown = run.filter((name) => !names.includes(name));
  if (unknown.length > 0)
    throw new Error(`STOA_CONTEXTS names what does not exist: ${unknown.join(', ')} (there are ${names.join(', ')})`);
  const addresses = (prefix: string) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = environment[`${prefix}${name.toUpperCase()}`];
        return value && !run.includes(name) ? [[name, value]] : [];
      }),
    );
  return {
    ...settings,
    home: resolve(settings.STOA_HOME),
    run,
    roles: settings.STOA_ROLES?.split(',')
      .map((role) => role.trim())
      .filter(Boolean),
    siblings: addresses('STOA_RPC_'),
    upstreams: addresses('STOA_HTTP_'),
  };
}

/**
 * Every setting as it is in effect, by name: given in the environment or the file, or by default; what may hold a secret is
 * masked.
 * @throws Error naming every wrong setting
 */
export function describeSettings(given: NodeJS.ProcessEnv): Record<string, string> {
  const environment = withConfigFile(given);
  const { siblings, upstreams } = readSettings(environment);
  const addresses = { STOA_RPC_: siblings, STOA_HTTP_: upstreams };
  return describeConfig({
    ...loadConfig(Settings, environment),
    ...Object.fromEntries(
      Object.entries(addresses).flatMap(([prefix, by]) =>
        Object.entries(by).map(([context, address]) => [`${prefix}${context.toUpperCase()}`, address]),
      ),
    ),
    ...Object.assign(
      {},
      ...contexts.flatMap((context) => context.settings.map((schema) => loadConfig(schema, environment))),
    ),
  });
}
