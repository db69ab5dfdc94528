import type { DescService } from '@bufbuild/protobuf';
import type { z } from 'zod';
import type { Database } from './db/database.ts';
import type { Subscription } from './events/consumer.ts';
import type { Route } from './http/route.ts';
import type { Mount } from './http/server.ts';
import type { JobHandler, Jobs } from './jobs.ts';
import type { Clock, Ids } from './ports.ts';
import type { Client, Implementation, Served } from './rpc/service.ts';
import type { Log } from './telemetry/log.ts';
import type { Measure } from './telemetry/metrics.ts';

/** The services a context calls, by the name it gives them. */
export type Calls = Record<string, DescService>;

/**
 * Contracts that several contexts implement, each for kinds of its own, by the name their caller gives them. Also the
 * contract of one context that need not be installed: it is there under that context's name.
 */
export type Sockets = Record<string, DescService>;

/** A contract this context implements beside the one it serves, and for which kinds of things, e.g. `course`. */
export type Plug = { contract: DescService; kinds: readonly string[] };

/** What a caller holds of a contract that many implement. Kinds of contexts that are not installed are absent. */
export type Socket<S extends DescService> = {
  /** Every kind somebody plugged in, in the order of the contexts. */
  kinds: readonly string[];
  /** Kinds of contexts that the platform has and this process cannot reach: they do not run here, and no address is set. */
  absent: readonly string[];
  /** Who answers for a kind, here or in another process; undefined when nobody does. */
  of: (kind: string) => Client<S> | undefined;
};

/** Environment names and their values. */
export type Settings = Readonly<Record<string, string | undefined>>;

/** What a context gets when it is created: its own database, the ports, and its siblings as plain functions. */
export type Deps<C extends Calls = Record<never, never>, K extends Sockets = Record<never, never>> = {
  db: Database;
  jobs: Jobs;
  clock: Clock;
  ids: Ids;
  log: Log;
  /** Metrics of its own, in the process's `/metrics`. */
  measure: Measure;
  /** The process environment, for `loadConfig`. */
  settings: Settings;
  /** Address people see, without a slash at the end, e.g. `http://localhost:3000`. */
  publicUrl: string;
  /** Folder for the installation's files (`STOA_HOME`). */
  home: string;
  calls: { [Name in keyof C]: Client<C[Name]> };
  sockets: { [Name in keyof K]: Socket<K[Name]> };
};

/** What a context is made of. Everything is optional but the room itself. */
export type Parts<S extends DescService> = {
  /** Implements the service the context serves. */
  api: Implementation<S>;
  /** Implements the contracts it plugs into, one `served(contract, implementation)` for each of its `plugs`. */
  plugs?: readonly Served[];
  routes?: readonly Route[];
  on?: readonly Subscription[];
  jobs?: readonly JobHandler[];
  mount?: Mount;
  /** Runs once when the process takes up work, after migrations. */
  start?: () => Promise<void>;
  stop?: () => Promise<void>;
  /** Extra dependencies to check for readiness. */
  ready?: () => Promise<boolean>;
};

/** A context as the host sees it. */
export type Context = {
  readonly name: string;
  readonly migrations: URL;
  readonly extensions: readonly string[];
  readonly calls: Calls;
  readonly sockets: Sockets;
  readonly plugs: readonly Plug[];
  readonly serves: DescService;
  readonly settings: readonly z.ZodObject[];
  // biome-ignore lint/suspicious/noExplicitAny: the host fills in exactly the calls that defineContext checked
  readonly create: (deps: Deps<any, any>) => Parts<DescService> | Promise<Parts<DescService>>;
};

type Definition<C extends Calls, S extends DescService, K extends Sockets> = {
  /** Schema, role, event source and tag in the reference: lower-case letters. */
  name: string;
  /** Folder of numbered `.sql` files. */
  migrations: URL;
  /** PostgreSQL extensions its tables need. */
  extensions?: readonly string[];
  calls?: C;
  /** Contracts it calls by kind, whoever implements them: how payments reaches markets it knows nothing about. */
  sockets?: K;
  /** Contracts of others' sockets it implements. A kind has one implementer. */
  plugs?: readonly Plug[];
  serves: S;
  /** What it reads with `loadConfig`, so that `stoa config` can show it. */
  settings?: readonly z.ZodObject[];
  create: (deps: Deps<C, K>) => Parts<S> | Promise<Parts<S>>;
};

/**
 * The door of a context: a function from dependencies to an API. Whether a sibling is in this process or behind gRPC,
 * whether events cross a network: nothing in here can tell.
 * @throws Error if the name is not lower-case letters
 */
export function defineContext<
  S extends DescService,
  const C extends Calls = Record<never, never>,
  const K extends Sockets = Record<never, never>,
>(definition: Definition<C, S, K>): Context {
  if (!/^[a-z]+$/.test(definition.name)) throw new Error(`not a context name: ${definition.name}`);
  return {
    name: definition.name,
    migrations: definition.migrations,
    extensions: definition.extensions ?? [],
    calls: definition.calls ?? {},
    sockets: definition.sockets ?? {},
    plugs: definition.plugs ?? [],
    serves: definition.serves,
    settings: definition.settings ?? [],
    create: definition.create as Context['create'],
  };
}
