/** Settings of the server by name, as `postgresql.conf` takes them. */
export type PostgresSettings = Readonly<Record<string, string | number | boolean>>;

/**
 * What the embedded server runs with. Durability is complete: a power cut loses nothing that was acknowledged.
 * The log never holds statement texts or row values (`terse`, `panic`): those may contain personal data.
 */
export const defaultSettings: PostgresSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  // Rounds make guessing a password slow. Ours are 256 random bits, which nobody guesses, and each connection pays for them.
  scram_iterations: 1,
  max_connections: 200,
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  fsync: true,
  synchronous_commit: 'on',
  full_page_writes: true,
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  random_page_cost: 1.1,
  // `drop database` waits for every session to react, also for one whose client hangs half way through authentication.
  authentication_timeout: '10s',
  jit: false,
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: true,
  log_directory: 'log',
  log_filename: 'postgres-%Y%m%d-%H%M%S.log',
  log_file_mode: '0600',
  log_rotation_age: '1d',
  log_rotation_size: '10MB',
  log_checkpoints: false,
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_line_prefix: '%m [%p] %q%u@%d ',
};

/** Renders the file that `postgresql.conf` includes; the first line names the programs the server was started from. */
export function renderSettings(source: string, settings: PostgresSettings): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${renderValue(value)}`);
  return [`# Written by Stoa at each start for ${source}. Do not edit.`, ...lines, ''].join('\n');
}

function renderValue(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return String(value);
  return `'${value.replaceAll("'", "''")}'`;
}
