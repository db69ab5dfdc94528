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

/** What the demo's instructor offers to those who come back every month. */
const membership = {
  language: 'en',
  trialDays: 7,
  month: { amount: 1490n, currency: 'BRL' },
  year: { amount: 14_900n, currency: 'BRL' },
  texts: {
    en: {
      name: 'Everyday skills club',
      summary: 'Every course by Inês Carvalho for one small price: the road, the bills, the words at work.',
      description:
        'Short courses on things that come up every week. A new one joins every few months, and members find it open the same day.\n\nStay for a month or for years. What you have learned, and how far you got, waits for you when you come back.',
    },
    'pt-BR': {
      name: 'Clube do dia a dia',
      summary: 'Todos os cursos de Inês Carvalho por um preço pequeno: a estrada, as contas, as palavras no trabalho.',
      description:
        'Cursos curtos sobre o que aparece toda semana. A cada poucos meses entra mais um, e para quem assina ele já abre no mesmo dia.\n\nFique um mês ou anos. O que você aprendeu, e até onde chegou, espera por você quando voltar.',
    },
    es: {
      name: 'Club del día a día',
      summary:
        'Todos los cursos de Inês Carvalho por un precio pequeño: la carretera, las facturas, las palabras en el trabajo.',
      description:
        'Cursos breves sobre lo que surge cada semana. Cada pocos meses llega uno nuevo, y para los miembros se abre el mismo día.\n\nQuédate un mes o años. Lo que aprendiste, y hasta dónde llegaste, te espera cuando vuelvas.',
    },
  },
};

const demoFolder = new URL('../../../demo/courses/', import.meta.url);

/**
 * Makes the demo world once per installation: three people, our own courses, imported like anybody's, and a
 * membership of them. The passwords
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
  await courses.offerMembership({ ...membership, sellerId: instructorId, sellerName: instructor?.name ?? '' }, ctx);
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
