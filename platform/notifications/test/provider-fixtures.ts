import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const Case = z.object({
  case: z.string(),
  kind: z.enum(['api', 'webhook']),
  request: z.object({
    method: z.string(),
    path: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.unknown(),
    params: z.record(z.string(), z.string()).optional(),
  }),
  response: z.object({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.unknown() }),
});
export type ProviderCase = z.output<typeof Case> & { file: string };

const shared = process.env.STOA_SHARED_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const folderOf = (provider: string) => join(shared, 'provider-fixtures', provider);

/** Recorded requests and answers of a provider; undefined, with the test marked, where the data is not there. */
export function readCases(t: TestContext, provider: string, prefix: string): ProviderCase[] | undefined {
  if (!sharedDataThere(t, provider)) return undefined;
  const folder = folderOf(provider);
  return readdirSync(folder)
    .filter((file) => file.startsWith(prefix))
    .sort()
    .map((file) => ({ file, ...Case.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))) }));
}

/** One JSON file of a provider. */
export function readFixture(t: TestContext, provider: string, file: string): unknown {
  if (!sharedDataThere(t, provider)) return undefined;
  return JSON.parse(readFileSync(join(folderOf(provider), file), 'utf8'));
}

function sharedDataThere(t: TestContext, provider: string): boolean {
  const there = existsSync(folderOf(provider));
  if (!there) t.skip(`shared data absent: ${folderOf(provider)} (set STOA_SHARED_DATA)`);
  return there;
}
