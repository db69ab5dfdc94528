import { createHmac, randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from './db/database.ts';

type Installation = { settings: Readonly<Record<string, string | undefined>>; home: string };

/**
 * The installation's secret: setting `STOA_SECRET`, else the file `secret` in the installation's folder, made on first
 * use and readable by its owner alone. Processes that start at once agree on one.
 * @throws Error if STOA_SECRET is shorter than 32 characters
 */
export function installationSecret({ settings, home }: Installation): string {
  const given = settings.STOA_SECRET;
  if (given) {
    if (given.length < 32) throw new Error('STOA_SECRET must have at least 32 characters');
    return given;
  }
  const path = join(home, 'secret');
  const read = () => readFileSync(path, 'utf8').trim();
  try {
    return read();
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  mkdirSync(home, { recursive: true });
  // Written aside and linked into place: whoever reads the file finds it whole, and the first one wins.
  const draft = join(home, `secret.${randomBytes(6).toString('hex')}`);
  writeFileSync(draft, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  chmodSync(draft, 0o600);
  try {
    linkSync(draft, path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  return read();
}

/** A secret for one purpose, derived from the installation's: knowing it tells nothing about the others. */
export function purposeSecret(installation: Installation, purpose: string): string {
  return createHmac('sha256', installationSecret(installation)).update(purpose).digest('base64url');
}
