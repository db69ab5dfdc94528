import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hrefWithoutRefused, listHref } from '../src/api/list-address.ts';

const refusal = (status: number, ...pointers: string[]) => ({
  status,
  errors: pointers.map((pointer) => ({ pointer, code: 'invalid', message: '' })),
});
const asked = { q: 'ana@example.com', state: undefined, cursor: 'q' };

test('the address of a list names what it is narrowed to, and nothing else', () => {
  assert.equal(listHref('/console/orders', {}), '/console/orders');
  assert.equal(listHref('/console/orders', asked), '/console/orders?q=ana%40example.com&cursor=q');
});

test('a list is shown from its beginning where its address has no place in it, with what it is narrowed to', () => {
  assert.equal(
    hrefWithoutRefused('/console/orders', asked, refusal(400, '/cursor')),
    '/console/orders?q=ana%40example.com',
  );
  assert.equal(hrefWithoutRefused('/console/orders', asked, refusal(400, '/q', '/cursor')), '/console/orders');
  assert.equal(hrefWithoutRefused('/studio/imports', { cursor: '' }, refusal(400, '/cursor')), '/studio/imports');
});

test('a refusal of anything else leads nowhere, so that no list leads to itself', () => {
  assert.equal(hrefWithoutRefused('/console/orders', asked, refusal(400, '/limit')), null);
  assert.equal(hrefWithoutRefused('/console/orders', asked, refusal(400, '/state')), null);
  assert.equal(hrefWithoutRefused('/console/orders', { cursor: undefined }, refusal(400, '/cursor')), null);
  assert.equal(hrefWithoutRefused('/console/orders', asked, refusal(400)), null);
  assert.equal(hrefWithoutRefused('/console/orders', asked, refusal(403, '/cursor')), null);
  assert.equal(hrefWithoutRefused('/console/orders', asked, refusal(503)), null);
});
