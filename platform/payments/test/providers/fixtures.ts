import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Where the shared example payloads are: `STOA_SHARED_DATA`, else beside the repository. */
const folder = join(
  process.env.STOA_SHARED_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url)),
  'provider-fixtures',
);

/** Why fixtures cannot be looked at; undefined when they can. */
export const fixturesAbsent = existsSync(folder)
  ? undefined
  : `shared data absent: ${folder} does not exist; set STOA_SHARED_DATA to the folder that has provider-fixtures`;

const Case = z.object({
  case: z.string().optional(),
  kind: z.enum(['api', 'webhook']),
  note: z.string().nullish(),
  request: z.object({
    method: z.string(),
    path: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.unknown(),
    raw_body: z.string().optional(),
  }),
  response: z.object({
    status: z.number(),
    headers: z.record(z.string(), z.unknown()).optional(),
    body: z.unknown(),
  }),
});
export type FixtureCase = z.output<typeof Case> & { file: string };

/** Every case of a provider, by file name. */
export function casesOf(provider: string): FixtureCase[] {
  return readdirSync(join(folder, provider))
    .filter((name) => /^(GET|POST|PUT|PATCH|DELETE|WEBHOOK)_/.test(name))
    .sort()
    .map((file) => ({ ...Case.parse(readFixture(provider, file)), file }));
}

/** One file as JSON. */
export function readFixture(provider: string, file: string): unknown {
  return JSON.parse(readFileSync(join(folder, provider, file), 'utf8'));
}
