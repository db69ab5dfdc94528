import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root, SetupError } from './toolchain.mjs';

// Which test files there are, which of them share a process, and what becomes of them when several machines divide a run.

// The last file to end decides when all have: those that wait longest begin first.
const beginFirst = [
  'platform/payments/test/providers/worker-failures.test.ts',
  'apps/server/test/crash.test.ts',
  'apps/server/test/kill.test.ts',
  'apps/server/test/kill-payments.test.ts',
  'platform/payments/test/kill.test.ts',
  'apps/cli/test/cli.test.ts',
  'bench/test/bench.test.ts',
  'apps/web/test/browser/learn.test.ts',
  'apps/web/test/browser/every-page.test.ts',
  'apps/web/test/browser/imported-course.test.ts',
  'apps/web/test/browser/studio.test.ts',
  'apps/web/test/browser/console-payments.test.ts',
];
// What runs only with `--all`: the same promise kept many times over (killed everywhere, failed by every provider in every way,
// many lives), pages in every language and size, and what needs the machine for itself. What each of them is about is proven
// once by a file that always runs: docs/adr/0020. A test in a file that always runs says `onlyWithAll` itself.
const onlyWithAll = [
  'apps/server/test/browser/npm-start.test.ts',
  'apps/server/test/crash.test.ts',
  'apps/server/test/kill.test.ts',
  'apps/server/test/kill-payments.test.ts',
  'apps/server/test/sigterm.test.ts',
  'apps/web/test/browser/buying-providers.test.ts',
  'apps/web/test/browser/console-payments.test.ts',
  'apps/web/test/browser/every-page.test.ts',
  'apps/web/test/browser/instalments.test.ts',
  'apps/web/test/browser/lighthouse.test.ts',
  'apps/web/test/browser/notifications.test.ts',
  'apps/web/test/browser/sales.test.ts',
  'apps/web/test/browser/selling.test.ts',
  'apps/web/test/browser/subscribe.test.ts',
  'bench/test/bench.test.ts',
  'platform/media/test/kill.test.ts',
  'platform/notifications/test/kill.test.ts',
  'platform/payments/test/browser/sandbox-page.test.ts',
  'platform/payments/test/kill.test.ts',
  'platform/payments/test/providers/worker-failures.test.ts',
  'platform/payments/test/simulation.test.ts',
  'platform/payments/test/webhook-orders.test.ts',
];
// Files of one package that share a process, at most: what the kernel and a context cost to load, and to run for the first
// time, is more than what most files do with them. More would leave a core without work at the end.
const filesPerProcess = 12;
// Browser files that share a process and the platform in it, those of a line in this order; the others need a platform of
// their own, or are long. A start takes as long as several pages, and a platform that has drawn a page draws it faster.
const together = [
  ['learn', 'storefront', 'sign-in', 'subscribe'],
  ['every-page', 'instalments', 'console'],
  ['imported-course', 'buying'],
  ['studio', 'account'],
].map((names) => names.map((name) => `apps/web/test/browser/${name}.test.ts`));

/**
 * The test files, in the order in which they begin.
 *
 * @param {string[]} filters words: files whose path has one of them; all without any
 * @param {{ takesAll: boolean }} options whether those are among them that run only with `--all`
 * @returns {{ walls: string[], unit: string[], browser: string[], left: string[] }} paths from the root, with forward slashes;
 *   `left` are those that only `--all` would take
 * @throws SetupError when a file that is named here is not there
 */
export function testFiles(filters, { takesAll }) {
  const found = ['kernel', 'contracts', 'platform', 'markets', 'apps', 'bench', 'scripts']
    .flatMap((folder) => filesBelow(join(root, folder)))
    .map((file) => relative(root, file).replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.test.ts'))
    .filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)));
  const named = [...beginFirst, ...onlyWithAll, ...together.flat()];
  const gone = named.filter((file) => !existsSync(join(root, file)));
  if (gone.length > 0)
    throw new SetupError(`scripts/test-files.mjs names test files that are not there: ${gone.join(', ')}.`);
  // Sorting keeps the order of those that are equal.
  const place = (/** @type {string} */ file) => beginFirst.indexOf(file) + 1 || Infinity;
  const all = found.filter((file) => takesAll || !onlyWithAll.includes(file));
  all.sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
  const browser = all.filter((file) => file.includes('/test/browser/'));
  const walls = all.filter((file) => file.startsWith('scripts/walls/'));
  const unit = all.filter((file) => file.includes('/test/') && !file.includes('/test/browser/'));
  return { browser, walls, unit, left: found.filter((file) => !all.includes(file)) };
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules' && entry.name !== '.next')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    });
}

/**
 * Which files run in one process, in the order in which the first of each is given.
 *
 * @param {string[]} files
 * @returns {string[]} the files of a process, joined by commas
 */
export function processesFor(files) {
  /** @type {Map<string, string[][]>} */
  const packages = new Map();
  /** @type {string[][]} */
  const processes = [];
  const begin = (/** @type {string[]} */ names) => {
    processes.push(names);
    return names;
  };
  for (const file of files) {
    if (processes.some((names) => names.includes(file))) continue;
    const fellows = together.find((names) => names.includes(file));
    if (fellows) begin(fellows.filter((name) => files.includes(name)));
    else if (beginFirst.includes(file) || file.includes('/test/browser/')) begin([file]);
    else {
      const own = file.slice(0, file.indexOf('/test/'));
      const sharing = packages.get(own);
      if (sharing && sharing.length < filesPerProcess) sharing.push(file);
      else packages.set(own, begin([file]));
    }
  }
  return processes.map((names) => names.join(','));
}

/** @typedef {{ number: number, of: number }} Part one of several machines that divide a run: `number` counts from 1 */

/**
 * The files of a part. Those that share a process stay together, and what begins first, which takes longest, is dealt to the
 * parts in turn.
 *
 * @param {string[]} files of one stage, in order
 * @param {Part} part
 */
export function filesOfPart(files, { number, of }) {
  return processesFor(files)
    .filter((_names, index) => index % of === number - 1)
    .flatMap((names) => names.split(','));
}
