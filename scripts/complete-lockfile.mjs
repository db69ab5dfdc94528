// Completes package-lock.json after an `npm install` against a registry that lacks the builds of some platforms: npm then
// leaves those optional packages out, and `npm ci` refuses the file on every machine. Adds each with the version its parent
// names and the platform its own name tells, so that npm installs it where it belongs and skips it elsewhere.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './toolchain.mjs';

const file = join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const systems = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'win32'];
const processors = [
  'arm64',
  'x64',
  'arm',
  'armv7',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
];
const added = [];

for (const [path, entry] of Object.entries(lock.packages)) {
  if (path === '' || entry.link) continue;
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const place = `node_modules/${name}`;
    const words = name.split(/[/-]/);
    const os = systems.filter((system) => words.includes(system));
    // Only platform builds with an exact version: for anything else npm has to be asked.
    if (lock.packages[place] || lock.packages[`${path}/${place}`] || os.length === 0 || !/^\d/.test(version)) continue;
    const cpu = processors
      .filter((processor) => words.includes(processor))
      .map((word) => (word === 'armv7' ? 'arm' : word));
    const libc = words.includes('musl') ? { libc: ['musl'] } : {};
    lock.packages[place] = { version, cpu, ...(entry.dev ? { dev: true } : {}), ...libc, optional: true, os };
    added.push(`${name}@${version}`);
  }
}

if (added.length > 0) {
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
}
console.log(added.length === 0 ? 'package-lock.json is complete' : `added to package-lock.json:\n${added.join('\n')}`);
