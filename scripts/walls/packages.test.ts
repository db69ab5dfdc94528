import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
type Package = {
  folder: string;
  name: string;
  room: string;
  json: Record<string, unknown> & { dependencies?: Record<string, string>; exports?: unknown };
};

function packages(): Package[] {
  const folders = [
    'kernel',
    'contracts',
    'bench',
    ...['platform', 'markets', 'apps'].flatMap((room) =>
      readdirSync(join(root, room)).map((name) => `${room}/${name}`),
    ),
  ];
  return folders.map((folder) => {
    const json = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    return { folder, name: json.name, room: folder.split('/')[0] ?? folder, json };
  });
}

/** What each room may depend on inside the house. A context never depends on another context. */
const mayDependOn: Record<string, (dependency: Package) => boolean> = {
  contracts: () => false,
  kernel: (dependency) => dependency.room === 'contracts',
  platform: (dependency) => dependency.room === 'kernel' || dependency.room === 'contracts',
  markets: (dependency) => dependency.room === 'kernel' || dependency.room === 'contracts',
  apps: () => true,
  bench: () => true,
};

const all = packages();
const byName = new Map(all.map((pkg) => [pkg.name, pkg]));
const sources = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
})
  .split('\n')
  .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !file.startsWith('contracts/gen/') && existsSync(join(root, file)));

describe('the walls of the house', () => {
  for (const pkg of all) {
    test(`${pkg.name} depends only on what its room allows`, () => {
      for (const name of Object.keys({ ...pkg.json.dependencies })) {
        const dependency = byName.get(name);
        if (!dependency) continue;
        assert.ok(mayDependOn[pkg.room]?.(dependency), `${pkg.name} may not depend on ${name}`);
      }
    });
    test(`${pkg.name} imports only what it declares`, () => {
      const declared = new Set(
        Object.keys({
          ...pkg.json.dependencies,
          ...(pkg.json.devDependencies as object),
          ...(pkg.json.optionalDependencies as object),
        }),
      );
      const rootJson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
      for (const file of sources.filter((source) => source.startsWith(`${pkg.folder}/`))) {
        const text = readFileSync(join(root, file), 'utf8');
        for (const [, specifier = ''] of text.matchAll(/^\s*(?:import|export)\b[^'";]*?from\s*'([^'.][^']*)'/gm)) {
          if (specifier.startsWith('node:') || specifier.startsWith('@/')) continue;
          const name = specifier.startsWith('@')
            ? specifier.split('/').slice(0, 2).join('/')
            : (specifier.split('/')[0] ?? '');
          const inTests = file.includes('/test/') || file.includes('/scripts/');
          const ok =
            declared.has(name) ||
            name === pkg.name ||
            (inTests && (name in rootJson.devDependencies || name === '@stoa/kernel' || byName.has(name)));
          assert.ok(
            ok || declaredTypes(declared, name),
            `${file} imports ${specifier}, which ${pkg.name} does not declare`,
          );
        }
      }
    });
    test(`${pkg.name} pins its dependencies exactly`, () => {
      for (const [name, version] of Object.entries({
        ...pkg.json.dependencies,
        ...(pkg.json.devDependencies as Record<string, string>),
      })) {
        assert.match(version, /^\d+\.\d+\.\d+([-+].*)?$/, `${pkg.name}: ${name} ${version}`);
      }
    });
  }

  test('a context shows one door', () => {
    for (const pkg of all.filter(({ room }) => room === 'platform' || room === 'markets')) {
      assert.deepEqual(pkg.json.exports, { '.': './src/index.ts' }, pkg.name);
    }
  });

  test('no context reaches into another by a path', () => {
    for (const file of sources.filter((source) => /^(platform|markets)\//.test(source) && !source.includes('/test/'))) {
      const [room, name] = file.split('/');
      const text = readFileSync(join(root, file), 'utf8');
      for (const [, specifier = ''] of text.matchAll(/from\s*'(\.[^']+)'/g)) {
        const target = join(file, '..', specifier);
        assert.ok(target.startsWith(`${room}/${name}/`), `${file} imports ${specifier}`);
      }
    }
  });

  test('nothing in the repository names a machine or a registry', () => {
    const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
      .split('\n')
      .filter(Boolean);
    const lockfile = readFileSync(join(root, 'package-lock.json'), 'utf8');
    assert.ok(!/"resolved": "https?:/.test(lockfile), 'the lockfile names a registry host');
    for (const file of tracked.filter(
      (name) =>
        /\.(ts|tsx|mjs|md|json|yml|yaml|sql|sh)$/.test(name) &&
        name !== 'package-lock.json' &&
        existsSync(join(root, name)),
    )) {
      const text = readFileSync(join(root, file), 'utf8');
      assert.ok(!/(^|[\s'"`(=])\/(work|root|home\/[a-z]+)\//m.test(text), `${file} names a path of some machine`);
    }
  });

  test('every migration is numbered and none is empty', () => {
    for (const pkg of all.filter(({ room }) => room === 'platform' || room === 'markets' || room === 'kernel')) {
      const folder = join(root, pkg.folder, 'migrations');
      const names = readdirSync(folder)
        .filter((name) => name.endsWith('.sql'))
        .sort();
      names.forEach((name, index) => {
        assert.match(name, /^\d{4}_[a-z0-9_]+\.sql$/, `${pkg.folder}: ${name}`);
        assert.equal(Number(name.slice(0, 4)), index + 1, `${pkg.folder}: ${name} is not the next number`);
        assert.ok(readFileSync(join(folder, name), 'utf8').trim().length > 0);
      });
    }
  });
});

/** `hast` is declared as `@types/hast`. */
function declaredTypes(declared: ReadonlySet<string>, name: string): boolean {
  return declared.has(`@types/${name.replace('@', '').replace('/', '__')}`);
}
