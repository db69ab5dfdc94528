import { randomInt } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CoursesService, IdentityService } from '@stoa/contracts';
import { errorCode, type Host, serviceCtx } from '@stoa/kernel';

export type DemoAccount = { email: string; name: string; password: string; roles: string[] };

const people = [
  { email: 'admin@stoa.example', name: 'Ada Monteiro', roles: ['admin'] },
  { email: 'instructor@stoa.example', name: 'Inês Carvalho', roles: ['instructor', 'student'] },
  { email: 'learner@stoa.example', name: 'Leo Duarte', roles: ['student'] },
];

const demoFolder = new URL('../../../demo/courses/', import.meta.url);

/**
 * Makes the demo world once per installation: three people and our own courses, imported like anybody's. The passwords
 * are made here and kept in the installation's folder, readable by its owner: there is no default password anywhere.
 * @returns the accounts, on every start
 */
export async function seedDemo(host: Host, home: string): Promise<DemoAccount[]> {
  const file = join(home, 'demo-accounts.json');
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  const ctx = serviceCtx('seed');
  const accounts = people.map((person) => ({ ...person, password: passphrase() }));
  const ids = new Map<string, string>();
  for (const account of accounts) {
    const { user } = await host
      .client(IdentityService)
      .ensureUser({ ...account, locale: 'en', timeZone: 'UTC', emailVerified: true }, ctx);
    if (user) ids.set(account.email, user.id);
  }
  const instructor = people[1];
  const instructorId = ids.get(instructor?.email ?? '') ?? '';
  const courses = host.client(CoursesService);
  for (const entry of (await readdir(demoFolder, { withFileTypes: true })).filter((item) => item.isDirectory())) {
    const folder = fileURLToPath(new URL(`${entry.name}/`, demoFolder));
    const { importId } = await courses.importFolder(
      { format: 'markdown', folder, instructorId, instructorName: instructor?.name ?? '', publish: true },
      ctx,
    );
    await finished(host, importId, entry.name);
  }
  await writeFile(file, JSON.stringify(accounts, null, 2), { mode: 0o600 });
  return accounts;
}

/** Waits for an import; a demo course that cannot be imported is a broken release, not something to hide. */
async function finished(host: Host, importId: string, name: string): Promise<void> {
  const until = Date.now() + 120_000;
  for (;;) {
    const { state, importJson } = await host.client(CoursesService).getImport({ importId }, serviceCtx('seed'));
    if (state === 'succeeded') return;
    if (state === 'failed' || Date.now() > until)
      throw new Error(`the demo course ${name} could not be imported: ${importJson.slice(0, 500)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const syllables = [
  'ba',
  'be',
  'co',
  'da',
  'di',
  'fa',
  'fi',
  'ga',
  'jo',
  'ka',
  'la',
  'li',
  'lo',
  'ma',
  'mi',
  'na',
  'no',
  'pa',
  'pi',
  'ra',
  'ri',
  'sa',
  'so',
  'ta',
  'to',
  'va',
  'vi',
  'zu',
];

/** Easy to read and type, some 57 bits: three words of four syllables. */
function passphrase(): string {
  const word = () => Array.from({ length: 4 }, () => syllables[randomInt(syllables.length)]).join('');
  return [word(), word(), word()].join('-');
}
