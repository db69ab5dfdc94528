import type { DescService } from '@bufbuild/protobuf';
import { IdentityService, PlatformService } from '@stoa/contracts';
import type { FastifyInstance } from 'fastify';
import type { JSONWebKeySet } from 'jose';
import { tokenVerifier, type VerifyToken } from './auth/verify-token.ts';
import type { Context, Parts, Settings, Socket } from './context.ts';
import { newTraceparent, serviceCtx, unsampled } from './ctx.ts';
import { type Database, openDatabase, statement } from './db/database.ts';
import { contextUrl, provision } from './db/provision.ts';
import { type Consumer, type EventSource, startConsumer } from './events/consumer.ts';
import type { Envelope } from './events/event.ts';
import { openFeed } from './events/feed.ts';
import { pruneIdempotencyKeys, releaseOrphanedKeys } from './http/idempotency.ts';
import type { RateLimit } from './http/route.ts';
import { createHttpServer } from './http/server.ts';
import { type JobHandler, onSchedule, openJobs } from './jobs.ts';
import { operationsRoutes } from './operations.ts';
import { forgetReplays, platformService, type Running } from './platform-service.ts';
import { type Clock, type Ids, systemClock, systemIds } from './ports.ts';
import { type Client, type Implementation, localClient, served, type UntypedCall } from './rpc/service.ts';
import type { Log } from './telemetry/log.ts';
import { createMetrics } from './telemetry/metrics.ts';

export type HostOptions = {
  /** All contexts of the platform; which of them run here is `run`. */
  contexts: readonly Context[];
  /** Names of the contexts to run; all by default. */
  run?: readonly string[];
  /**
   * What this process does for its contexts: `api` answers HTTP, `worker` handles events and jobs, and roles that job
   * handlers name work on those alone (`payment-worker`). Everything by default.
   */
  roles?: readonly string[];
  /** An administrator's connection URL: creates roles and schemas. Contexts themselves log in as their own roles. */
  databaseUrl: string;
  publicUrl: string;
  home: string;
  settings: Settings;
  log: Log;
  clock?: Clock;
  ids?: Ids;
  version?: string;
  /** gRPC addresses of contexts that run elsewhere, by name. */
  siblings?: Readonly<Record<string, string>>;
  /** Where to serve gRPC, e.g. `127.0.0.1:7001`; nothing is served without it. */
  rpcListen?: string;
  /** Shared by the processes of one installation. */
  rpcSecret?: string;
  rateLimit?: RateLimit | null;
  corsOrigins?: readonly string[];
  /** How many proxies stand in front of this process; none by default. */
  trustProxy?: number;
  /** Issuer of access tokens; default our own identity context at `publicUrl`. */
  issuer?: string;
  /** Its keys, when the issuer is not our own. */
  jwksUrl?: string;
  /** Its keys themselves, for tests. */
  testKeys?: JSONWebKeySet;
  mergeOpenApi?: () => Promise<Record<string, unknown>>;
  /** Poll of the outboxes in milliseconds, the net under the in-memory wake; default 1000. */
  pollMs?: number;
  /** Connections per context; default 8. */
  poolSize?: number;
  /** Backoff of failing event handlers in milliseconds; default 100. */
  eventBackoffMs?: number;
};

export type Host = {
  app: FastifyInstance;
  /** The contexts' services as clients, for seeding and the command line. Keyed by service type name. */
  client: <S extends DescService>(service: S) => Client<S>;
  /** What every context offers: events, parked work, activity. */
  platform: (context: string) => Client<typeof PlatformService>;
  verifyToken: VerifyToken;
  /** Database of a context that runs here, for tests and the doctor. */
  database: (context: string) => Database;
  /** Resolves when every event that exists now is handled or parked by the contexts that run here. */
  settle: (timeoutMs?: number) => Promise<void>;
  rpcAddress: string | undefined;
  close: () => Promise<void>;
};

const ping = statement<[], { ok: number }>('kernel.ping', 'select 1 as ok');
const headOf = statement<[], { head: number; waiting: number }>(
  'kernel.outbox_head',
  'select coalesce(max(position), 0) as head, count(*) filter (where position is null) as waiting from outbox',
);
const cursorOf = statement<[source: string], { position: number }>(
  'kernel.cursor_of',
  'select position from subscriptions where source = $1',
);

/**
 * Runs contexts in this process: provisions the database, connects each context to its siblings (local object or gRPC
 * client: this is the only place that knows), starts relays, consumers and workers, and builds the HTTP server.
 */
export async function startHost(options: HostOptions): Promise<Host> {
  // What is open, in the order it was opened; closed in reverse, also when a later step of the start fails.
  const closers: (() => Promise<unknown> | unknown)[] = [];
  const close = async () => {
    for (const closeOne of closers.splice(0).reverse()) await closeOne();
  };
  try {
    return { ...(await assemble(options, closers)), close };
  } catch (error) {
    await close().catch((closing: unknown) =>
      options.log.error({ err: closing }, 'closing after a failed start failed'),
    );
    throw error;
  }
}

async function assemble(
  options: HostOptions,
  closers: (() => Promise<unknown> | unknown)[],
): Promise<Omit<Host, 'close'>> {
  const { log, settings, publicUrl, home } = options;
  const clock = options.clock ?? systemClock;
  const ids = options.ids ?? systemIds;
  const here = options.contexts.filter((context) => !options.run || options.run.includes(context.name));
  const metrics = createMetrics();

  await provision(options.databaseUrl, here);

  const running = new Map<string, Running>();
  const parts = new Map<string, Parts<DescService>>();
  /** What each context works on: its queues are made of the same list that its workers are. */
  const handlersOf = new Map<string, JobHandler[]>();

  const rpcSecret = options.rpcSecret ?? '';
  // Most platforms run in one process, which needs none of it.
  const isSplit = options.rpcListen !== undefined || Object.keys(options.siblings ?? {}).length > 0;
  const grpc = isSplit ? await import('./rpc/grpc.ts') : undefined;
  const remotes = new Map<string, { client: unknown; close: () => void }>();
  const remoteClient = <S extends DescService>(context: string, service: S): Client<S> => {
    const address = options.siblings?.[context];
    if (!address || !grpc)
      throw new Error(`context ${context} does not run here and STOA_RPC_${context.toUpperCase()} is not set`);
    const key = `${context} ${service.typeName}`;
    let remote = remotes.get(key);
    if (!remote) {
      remote = grpc.grpcClient(service, { address, secret: rpcSecret, context });
      remotes.set(key, remote);
      closers.unshift(remote.close);
    }
    return remote.client as Client<S>;
  };
  const clientOf = (service: DescService): Client<DescService> => {
    const owner = options.contexts.find((context) => context.serves.typeName === service.typeName);
    if (!owner) throw new Error(`no context serves ${service.typeName}`);
    if (!here.includes(owner)) return remoteClient(owner.name, service);
    return localClient(service, () => {
      const implementation = parts.get(owner.name)?.api;
      if (!implementation) throw new Error(`${owner.name} is called before it is created`);
      return implementation;
    });
  };

  const socketOf = (contract: DescService): Socket<DescService> => {
    const byKind = new Map<string, Client<DescService>>();
    const absent: string[] = [];
    for (const context of options.contexts) {
      // Who serves the contract is there under its own name: how a context calls another that may not be installed.
      if (context.serves.typeName === contract.typeName) {
        if (here.includes(context)) byKind.set(context.name, clientOf(contract));
        else if (options.siblings?.[context.name]) byKind.set(context.name, remoteClient(context.name, contract));
      }
      for (const plug of context.plugs.filter((one) => one.contract.typeName === contract.typeName)) {
        const client = here.includes(context) ? localPlug(context, contract) : remotePlug(context, contract);
        for (const kind of plug.kinds) {
          if (byKind.has(kind)) throw new Error(`two contexts plug ${kind} into ${contract.typeName}`);
          if (client) byKind.set(kind, client);
          else absent.push(kind);
        }
      }
    }
    return { kinds: [...byKind.keys()], absent, of: (kind) => byKind.get(kind) };
  };
  const localPlug = (context: Context, contract: DescService) =>
    localClient(contract, () => {
      const plug = parts.get(context.name)?.plugs?.find(({ service }) => service.typeName === contract.typeName);
      if (!plug) throw new Error(`${context.name} declares a plug into ${contract.typeName} and does not create it`);
      return plug.implementation as Implementation<DescService>;
    });
  // A market that runs nowhere is one this operator does not offer.
  const remotePlug = (context: Context, contract: DescService) =>
    options.siblings?.[context.name] ? remoteClient(context.name, contract) : undefined;

  for (const context of here) {
    const url = contextUrl(options.databaseUrl, context.name);
    // The feed needs the database and the database wakes the feed: `wake` is looked up when it is called.
    const db = openDatabase({
      context: context.name,
      url,
      max: options.poolSize ?? 8,
      onEmit: () => running.get(context.name)?.feed.wake(),
    });
    await releaseOrphanedKeys(db);
    closers.push(() => db.close());
    const feed = openFeed(db, {
      pollMs: options.pollMs ?? 1000,
      onError: (error) => log.warn({ err: error, context: context.name }, 'the outbox relay failed; trying again'),
    });
    closers.push(() => feed.close());
    // Types of handlers are only known after `create`, and `create` needs the queue to send to: queues are made when
    // the context is created, sending before that is a programming error.
    let open: Running['jobs'] | undefined;
    let stopping: Promise<void> | undefined;
    const jobs: Running['jobs'] = {
      send: (...args) => need(open).send(...args),
      sendAll: (...args) => need(open).sendAll(...args),
      work: (handlers) => need(open).work(handlers),
      listParked: (limit) => need(open).listParked(limit),
      queueOfParked: (id) => need(open).queueOfParked(id),
      replay: (id) => need(open).replay(id),
      counts: () => need(open).counts(),
      oldest: () => need(open).oldest(),
      stop: () => {
        stopping ??= open?.stop() ?? Promise.resolve();
        return stopping;
      },
    };
    const calls = Object.fromEntries(Object.entries(context.calls).map(([name, service]) => [name, clientOf(service)]));
    const sockets = Object.fromEntries(
      Object.entries(context.sockets).map(([name, contract]) => [name, socketOf(contract)]),
    );
    const part = await context.create({
      db,
      jobs,
      clock,
      ids,
      settings,
      publicUrl,
      home,
      calls,
      sockets,
      log: log.child({ context: context.name }),
      measure: metrics.measure((err, name) =>
        log.warn({ err, context: context.name, metric: name }, 'a metric could not be read'),
      ),
    });
    parts.set(context.name, part);
    closers.push(() => part.stop?.());
    const handlers = [
      ...(part.jobs ?? []),
      onSchedule('prune-idempotency-keys', '17 3 * * *', async () => {
        await pruneIdempotencyKeys(db);
        await forgetReplays(db);
      }),
    ];
    handlersOf.set(context.name, handlers);
    open = await openJobs({
      db,
      url,
      types: handlers.map((handler) => handler.type),
      log,
      onError: (error) => log.warn({ err: error, context: context.name }, 'the job queue failed; trying again'),
    });
    closers.push(jobs.stop);
    running.set(context.name, { db, feed, jobs, subscriptions: part.on ?? [] });
  }

  const known = new Set(['api', 'worker']);
  for (const part of parts.values()) for (const { role } of part.jobs ?? []) if (role) known.add(role);
  const unknown = options.roles?.filter((role) => !known.has(role)) ?? [];
  if (unknown.length > 0)
    throw new Error(`there is no role ${unknown.join(', ')} (there are ${[...known].sort().join(', ')})`);
  const plays = (role: string) => !options.roles || options.roles.includes(role);

  const platform = platformService((name) => running.get(name));
  const platformOf = (context: string): Client<typeof PlatformService> =>
    running.has(context) ? localClient(PlatformService, () => platform) : remoteClient(context, PlatformService);

  let rpc: { address: string; close: () => Promise<void> } | undefined;
  if (options.rpcListen && grpc) {
    if (!rpcSecret) throw new Error('serving contexts to siblings needs STOA_RPC_SECRET');
    const services = here.flatMap((context) => {
      const part = parts.get(context.name);
      if (!part) return [];
      const own = { service: context.serves, implementation: part.api as Record<string, UntypedCall> };
      return [own, ...(part.plugs ?? [])].map((one) => ({ ...one, context: context.name }));
    });
    rpc = await grpc.serveGrpc({
      listen: options.rpcListen,
      secret: rpcSecret,
      services: [...services, ...here.map(({ name }) => ({ ...served(PlatformService, platform), context: name }))],
      log,
    });
    closers.push(rpc.close);
  }

  const identity = options.contexts.find((context) => context.serves.typeName === IdentityService.typeName);
  const keys = async (): Promise<JSONWebKeySet> => {
    const client = clientOf(IdentityService) as Client<typeof IdentityService>;
    return JSON.parse((await client.getSigningKeys({}, serviceCtx('token-verifier'))).jwksJson);
  };
  const { testKeys } = options;
  const verifyToken = tokenVerifier({
    issuer: options.issuer ?? publicUrl,
    audience: 'stoa',
    clock,
    keys: testKeys
      ? async () => testKeys
      : options.jwksUrl
        ? new URL(options.jwksUrl)
        : identity
          ? keys
          : async () => ({ keys: [] }),
  });

  for (const context of here) await parts.get(context.name)?.start?.();

  const consumers: Consumer[] = [];
  closers.push(() =>
    Promise.all([
      ...consumers.map((consumer) => consumer.stop()),
      ...[...running.values()].map(({ feed }) => feed.close()),
    ]),
  );
  for (const context of here) {
    const own = running.get(context.name);
    const subscriptions = parts.get(context.name)?.on ?? [];
    if (!own) continue;
    for (const source of plays('worker') ? new Set(subscriptions.map(({ event }) => event.context)) : []) {
      // Nothing is heard of a context that this platform does not have.
      if (!options.contexts.some((other) => other.name === source)) continue;
      const local = running.get(source);
      const from: EventSource = local ? local.feed : remoteSource(platformOf(source), source);
      consumers.push(
        startConsumer({
          db: own.db,
          source,
          from,
          subscriptions: subscriptions.filter((subscription) => subscription.event.context === source),
          log: log.child({ context: context.name }),
          ...(options.eventBackoffMs === undefined ? {} : { backoffMs: options.eventBackoffMs }),
          onHandled: (type, outcome, count) => metrics.events.labels(context.name, type, outcome).inc(count),
        }),
      );
    }
    const handlers = handlersOf.get(context.name) ?? [];
    await own.jobs.work(handlers.filter((handler) => plays(handler.role ?? 'worker')));
  }

  const app = await createHttpServer({
    contexts: here.flatMap((context) => {
      const own = running.get(context.name);
      const part = parts.get(context.name);
      if (!own || !part || !plays('api')) return [];
      // The console's view of all contexts is served beside the first one.
      const extra =
        context === here[0] ? operationsRoutes({ contexts: options.contexts.map((c) => c.name), platformOf }) : [];
      return [{ name: context.name, db: own.db, routes: [...(part.routes ?? []), ...extra], mount: part.mount }];
    }),
    verifyToken,
    clock,
    log,
    metrics,
    version: options.version ?? '0.1.0',
    ...(options.corsOrigins ? { corsOrigins: options.corsOrigins } : {}),
    ...(options.rateLimit === undefined ? {} : { rateLimit: options.rateLimit }),
    ...(options.mergeOpenApi ? { mergeOpenApi: options.mergeOpenApi } : {}),
    trustProxy: options.trustProxy ?? 0,
    ready: async () => {
      const checks: Record<string, boolean> = {};
      for (const [name, { db }] of running) {
        checks[`database:${name}`] = await db.row(ping, []).then(
          () => true,
          () => false,
        );
        const extra = parts.get(name)?.ready;
        if (extra) checks[name] = await extra();
      }
      return checks;
    },
  });

  // All queues at once: each waits for its running jobs, and the process has ten seconds in all.
  closers.push(() => Promise.all([...running.values()].map(({ jobs }) => jobs.stop())));
  closers.push(() => app.close());

  return {
    app,
    client: (service) => clientOf(service) as never,
    platform: platformOf,
    verifyToken,
    rpcAddress: rpc?.address,
    database: (context) => need(running.get(context)).db,
    settle: async (timeoutMs = 10_000) => {
      const until = Date.now() + timeoutMs;
      for (;;) {
        if (await settled(running)) return;
        if (Date.now() > until) throw new Error('events did not settle in time');
        for (const { feed } of running.values()) feed.wake();
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  };
}

async function settled(running: ReadonlyMap<string, Running>): Promise<boolean> {
  for (const [source, { db }] of running) {
    const state = await db.row(headOf, []);
    if (!state || state.waiting > 0) return false;
    for (const { db: other, subscriptions } of running.values()) {
      if (!subscriptions.some((subscription) => subscription.event.context === source)) continue;
      const cursor = await other.row(cursorOf, [source]);
      if ((cursor?.position ?? 0) < state.head) return false;
    }
  }
  return true;
}

function remoteSource(platform: Client<typeof PlatformService>, context: string): EventSource {
  return {
    read: async ({ after, limit, waitMs }) => {
      // Waiting for events is part of no trace: each has its own.
      const traceparent = unsampled(newTraceparent());
      const ctx = { ...serviceCtx('event-consumer', { traceparent }), deadline: Date.now() + waitMs + 5_000 };
      const { events } = await platform.readEvents({ context, after: BigInt(after), limit, waitMs }, ctx);
      return events.map(
        (event): Envelope => ({
          id: event.id,
          source: event.source,
          type: event.type,
          subject: event.subject,
          time: event.time,
          traceparent: event.traceparent,
          partitionkey: event.partitionKey,
          aggregateversion: event.aggregateVersion ?? null,
          data: JSON.parse(event.dataJson),
          position: Number(event.position),
        }),
      );
    },
  };
}

function need<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('used before it is open');
  return value;
}

export type { Implementation };
