import { createHmac, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, type Settings } from '@stoa/kernel';

/**
 * The secret of the installation: `STOA_SECRET`, else the file `secret` in the installation's folder, made at the first
 * start and readable by its owner alone. Several processes may start at once: the file appears whole or not at all.
 * @throws Error if STOA_SECRET is shorter than 32 characters
 */
export async function readInstallationSecret(options: { settings: Settings; home: string }): Promise<string> {
  const given = options.settings.STOA_SECRET;
  if (given) {
    if (given.length < 32) throw new Error('STOA_SECRET must have at least 32 characters');
    return given;
  }
  const path = join(options.home, 'secret');
  const known = await existing(path);
  if (known !== undefined) return known;
  await mkdir(options.home, { recursive: true });
  const draft = join(options.home, `.secret-${randomBytes(8).toString('hex')}`);
  await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
  return (await readFile(path, 'utf8')).trim();
}

async function existing(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** A key for one purpose, so that what is signed for one thing is worth nothing for another. */
export function deriveKey(secret: string, purpose: string): Buffer {
  return createHmac('sha256', secret).update(purpose).digest();
}
