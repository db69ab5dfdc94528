import { createHash } from 'node:crypto';
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

// Examples say nothing about types.
const document = JSON.stringify(JSON.parse(await read(source)), (key, value) =>
  key === 'example' ? undefined : value,
);
const types = astToString(await openapiTypescript(document, { alphabetize: true, defaultNonNullable: false }));
// A test compares it with the document of the running contexts: cheaper than making the types again.
const sha256 = createHash('sha256').update(document).digest('hex');
const target = new URL('../src/api/schema.d.ts', import.meta.url);
const head = `/* Written by scripts/api-types.ts from the OpenAPI document; do not edit. */\n/* sha256 ${sha256} */`;
await writeFile(target, `${head}\n${types}`);
process.stdout.write(`wrote ${target.pathname}\n`);
