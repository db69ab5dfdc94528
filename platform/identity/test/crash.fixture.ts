import { createLog, startHost } from '@stoa/kernel';
import { identity } from '../src/index.ts';

/** One request in a process of its own, which the environment may tell to kill itself on the way. */
const [databaseUrl = '', home = '', url = '', body = '', key = ''] = process.argv.slice(2);
const host = await startHost({
  contexts: [identity],
  databaseUrl,
  publicUrl: 'http://localhost:3000',
  home,
  settings: process.env,
  log: createLog({ level: 'silent' }),
});
const answer = await host.app.inject({
  method: 'POST',
  url,
  headers: { 'content-type': 'application/json', ...(key ? { 'idempotency-key': key } : {}) },
  payload: body,
});
await host.close();
process.exit(answer.statusCode < 300 ? 0 : 1);
