import assert from 'node:assert/strict';
import { test } from 'node:test';
import fastify from 'fastify';
import { z } from 'zod';
import { serializerSchemaOf, toJsonSchema } from '../src/http/openapi.ts';

/** What a client gets when a handler answers `value` under `schema`. */
async function serialized(schema: z.ZodType, value: unknown): Promise<unknown> {
  const app = fastify();
  app.get(
    '/',
    { schema: { response: { 200: serializerSchemaOf(toJsonSchema(schema, 'output')) } } },
    async () => value,
  );
  const answer = await app.inject('/');
  await app.close();
  return answer.json();
}

const Price = z.strictObject({ amount: z.int(), currency: z.string() });

test('null and values both come through where both are allowed', async () => {
  const schema = z.strictObject({
    price: Price.nullable(),
    title: z.string().nullable(),
    prices: z.array(Price.nullable()),
    rating: z.number().nullable(),
    list: z.array(z.string()).nullable(),
  });
  const full = { price: { amount: 5, currency: 'EUR' }, title: 'a "b"', prices: [null], rating: 0.5, list: ['x'] };
  const empty = { price: null, title: null, prices: [], rating: null, list: null };
  assert.deepEqual(await serialized(schema, full), full);
  assert.deepEqual(await serialized(schema, empty), empty);
});

test('a choice of shapes comes through whole, however deep it nests', async () => {
  type Block = { type: 'text'; text: string } | { type: 'list'; content: Block[] };
  const Block: z.ZodType<Block> = z.lazy(() =>
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('text'), text: z.string() }),
      z.strictObject({ type: z.literal('list'), content: z.array(Block) }),
    ]),
  );
  const document = { content: [{ type: 'list', content: [{ type: 'text', text: 'ç' }] }], at: 1 };
  const schema = z.strictObject({ content: z.array(Block), at: z.union([z.string(), z.number()]) });
  assert.deepEqual(await serialized(schema, document), document);
});

test('fields that the schema does not have stay inside', async () => {
  const schema = z.strictObject({ price: Price.nullable(), name: z.string() });
  const value = { price: { amount: 1, currency: 'EUR', cost: 2 }, name: 'n', secret: 's' };
  assert.deepEqual(await serialized(schema, value), { price: { amount: 1, currency: 'EUR' }, name: 'n' });
});
