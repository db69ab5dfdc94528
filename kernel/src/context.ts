import type { DescService } from '@bufbuild/protobuf';
import type { Database } from './db/database.ts';
import type { Subscription } from './events/consumer.ts';
import type { Route } from './http/route.ts';
import type { Mount } from './http/server.ts';
import type { JobHandler, Jobs } from './jobs.ts';
import type { Clock, Ids } from './ports.ts';
import type { Client, Implementation } from './rpc/service.ts';
import type { Log } from './telemetry/log.ts';

/** The services a context calls, by the name it gives them. */
export type Calls = Record<string, DescService>;

/** Environment names and their values. */
export type Settings = Readonly<Record<string, string | undefined>>;

/** What a context gets when it is created: its own database, the ports, and its siblings as plain functions. */
export type Deps<C extends Calls = Record<never, never>> = {
  db: Database;
  jobs: Jobs;
  clock: Clock;
  ids: Ids;
  log: Log;
  /** The process environment, for `loadConfig`. */
  settings: Settings;
  /** Address people see, without a slash at the end, e.g. `http://localhost:3000`. */
  publicUrl: string;
  /** Folder for the installation's files (`STOA_HOME`). */
  home: string;
  calls: { [K in keyof C]: Client<C[K]> };
};

/** What a context is made of. Everything is optional but the room itself. */
export type Parts<S extends DescService> = {
  /** Implements the service the context serves. */
  api: Implementation<S>;
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
  readonly serves: DescService;
  // biome-ignore lint/suspicious/noExplicitAny: the host fills in exactly the calls that defineContext checked
  readonly create: (deps: Deps<any>) => Parts<DescService> | Promise<Parts<DescService>>;
};

type Definition<C extends Calls, S extends DescService> = {
  /** Schema, role, event source and tag in the reference: lower-case letters. */
  name: string;
  /** Folder of numbered `.sql` files. */
  migrations: URL;
  /** PostgreSQL extensions its tables need. */
  extensions?: readonly string[];
  calls?: C;
  serves: S;
  create: (deps: Deps<C>) => Parts<S> | Promise<Parts<S>>;
};

/**
 * The door of a context: a function from dependencies to an API. Whether a sibling is in this process or behind gRPC,
 * whether events cross a network: nothing in here can tell.
 * @throws Error if the name is not lower-case letters
 */
export function defineContext<S extends DescService, const C extends Calls = Record<never, never>>(
  definition: Definition<C, S>,
): Context {
  if (!/^[a-z]+$/.test(definition.name)) throw new Error(`not a context name: ${definition.name}`);
  return {
    name: definition.name,
    migrations: definition.migrations,
    extensions: definition.extensions ?? [],
    calls: definition.calls ?? {},
    serves: definition.serves,
    create: definition.create as Context['create'],
  };
}
