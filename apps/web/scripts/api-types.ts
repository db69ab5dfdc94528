import { readFile, writeFile } from 'node:fs/promises';
import openapiTypescript, { astToString } from 'openapi-typescript';

/**
 * Writes src/api/schema.d.ts from the OpenAPI document: `npm run api:types -w @stoa/web -- <file or URL>`. Without an
 * argument it asks the running platform (`STOA_API_URL`, else http://localhost:3000).
 */
const source = process.argv[2] ?? `${process.env.STOA_API_URL ?? 'http://localhost:3000'}/api/openapi.json`;

async function read(place: string): Promise<string> {
  if (!/^https?:/.test(place)) return readFile(place, 'utf8');
  const response = await fetch(place);
  if (!response.ok) throw new Error(`${place} answered ${response.status}`);
  return response.text();
}

const types = astToString(
  await openapiTypescript(await read(source), { alphabetize: true, defaultNonNullable: false }),
);
const target = new URL('../src/api/schema.d.ts', import.meta.url);
await writeFile(target, `/* Written by scripts/api-types.ts from the OpenAPI document; do not edit. */\n${types}`);
process.stdout.write(`wrote ${target.pathname}\n`);
