/** Stable codes of everything the embedded PostgreSQL supervisor can refuse or fail at. */
export type EmbeddedPostgresErrorCode =
  | 'stoa_home_in_use'
  | 'stoa_home_not_accessible'
  | 'embedded_postgres_unsupported'
  | 'embedded_postgres_binaries_missing'
  | 'embedded_postgres_binaries_unusable'
  | 'embedded_postgres_data_unknown'
  | 'embedded_postgres_data_version'
  | 'embedded_postgres_init_failed'
  | 'embedded_postgres_start_failed'
  | 'embedded_postgres_password_rejected'
  | 'embedded_postgres_stop_failed';

/** An error with a stable `code`; the message says what happened and what the person can do. */
export type EmbeddedPostgresError = Error & { readonly code: EmbeddedPostgresErrorCode };

/** Makes an {@link EmbeddedPostgresError}. `cause` keeps the original failure. */
export function embeddedPostgresError(
  code: EmbeddedPostgresErrorCode,
  message: string,
  cause?: unknown,
): EmbeddedPostgresError {
  const error = cause === undefined ? new Error(message) : new Error(message, { cause });
  return Object.assign(error, { code });
}

/** The `code` of a Node or PostgreSQL error, or undefined for anything else. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
