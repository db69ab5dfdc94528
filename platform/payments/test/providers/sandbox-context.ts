import { rmSync } from 'node:fs';
import { copyFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { MarketService } from '@stoa/contracts';
import { type Context, defineContext, kernelErrors, type Settings } from '@stoa/kernel';
import { openSandbox, type Sandbox } from '../../src/providers/sandbox/open-sandbox.ts';

/** A context that is nothing but the sandbox: its tables, its page, its jobs, without the rest of payments. */
export async function sandboxContext(settings: Settings = {}): Promise<{ context: Context; opened: () => Sandbox }> {
  const folder = await mkdtemp(join(tmpdir(), 'stoa-sandbox-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['0002_sandbox.sql', '0014_sandbox_code.sql'])
    await copyFile(fileURLToPath(new URL(`../../migrations/${name}`, import.meta.url)), join(folder, name));
  let sandbox: Sandbox | undefined;
  const context = defineContext({
    name: 'payments',
    migrations: pathToFileURL(`${folder}/`),
    // Any service will do: nobody calls this context.
    serves: MarketService,
    create: (deps) => {
      sandbox = openSandbox({ ...deps, settings: { ...deps.settings, ...settings } });
      const { routes, jobs } = sandbox;
      const absent = async () => {
        throw kernelErrors.not_found();
      };
      return { api: { quote: absent, hold: absent, release: absent }, routes, jobs };
    },
  });
  return {
    context,
    opened: () => {
      if (!sandbox) throw new Error('the context is not started');
      return sandbox;
    },
  };
}
