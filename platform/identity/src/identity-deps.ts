import type { Deps } from '@stoa/kernel';
import type { Secrets } from './secrets.ts';
import type { SigningKeys } from './signing-keys.ts';

/** What the use cases of this context share. */
export type IdentityDeps = Pick<Deps, 'db' | 'clock' | 'ids' | 'log' | 'publicUrl'> & {
  secrets: Secrets;
  keys: SigningKeys;
  /** Setting `STOA_ADMIN_EMAIL`. */
  adminEmail: string | undefined;
  /** Whether registrations per network are limited: they are unless the setting `STOA_RATE_LIMIT` is 0. */
  limitsRegistrations: boolean;
};
