import assert from 'node:assert/strict';
import { test } from 'node:test';
import createClient from 'openapi-fetch';
import type { paths } from '../src/api/schema.d.ts';
import { unknownAddress } from '../src/api/unknown-address.ts';

/** A client whose API refuses everything for these fields. */
function refusing(...pointers: string[]) {
  const client = createClient<paths>({
    baseUrl: 'http://stoa.internal',
    fetch: async () =>
      Response.json(
        { code: 'validation_failed', errors: pointers.map((pointer) => ({ pointer, code: 'invalid', message: '' })) },
        { status: 400, headers: { 'content-type': 'application/problem+json' } },
      ),
  });
  client.use(unknownAddress);
  return client;
}

test('a read refused for its path alone is of nothing there is', async () => {
  const { response, error } = await refusing('/id').GET('/api/orders/{id}', { params: { path: { id: 'nope' } } });
  assert.equal(response.status, 404);
  assert.equal(error?.code, 'validation_failed', 'with what the API said');
});

test('a read refused for its query, and a change refused for anything, stay what they are', async () => {
  const query = await refusing('/limit').GET('/api/courses', { params: { query: { limit: 1 } } });
  assert.equal(query.response.status, 400);
  const both = await refusing('/id', '/limit').GET('/api/orders/{id}', { params: { path: { id: 'nope' } } });
  assert.equal(both.response.status, 400);
  const change = await refusing('/id').POST('/api/orders/{id}/cancel', { params: { path: { id: 'nope' } } });
  assert.equal(change.response.status, 400);
});

test('an answer that is no problem document stays as it is', async () => {
  const client = createClient<paths>({
    baseUrl: 'http://stoa.internal',
    fetch: async () => new Response('<h1>Bad request</h1>', { status: 400 }),
  });
  client.use(unknownAddress);
  const { response } = await client.GET('/api/orders/{id}', { params: { path: { id: 'nope' } } });
  assert.equal(response.status, 400);
});
