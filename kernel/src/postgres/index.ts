/** The embedded PostgreSQL: starting, adopting and stopping it, and cheap copies of databases for tests. */
export { claimHolder } from './claim.ts';
export { cloneDatabase, dropDatabase } from './databases.ts';
export { codeOf, type EmbeddedPostgresError, type EmbeddedPostgresErrorCode } from './errors.ts';
export { defaultSettings, type PostgresSettings } from './settings.ts';
export { type EmbeddedPostgres, type StartOptions, startEmbeddedPostgres, stopOrphanedPostgres } from './start.ts';
