import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { buildOpenApi, toJsonSchema } from '../src/http/openapi.ts';
import { allow, defineRoute } from '../src/http/route.ts';
import { answerSerializer } from '../src/http/serializer.ts';

/** What a client gets when a handler answers `value` under `schema`. */
function serialized(schema: z.ZodType, value: unknown): unknown {
  return JSON.parse(answerSerializer(toJsonSchema(schema, 'output'))(value));
}

const Price = z.strictObject({ amount: z.int(), currency: z.string() });

test('null and values both come through where both are allowed', () => {
  const schema = z.strictObject({
    price: Price.nullable(),
    title: z.string().nullable(),
    prices: z.array(Price.nullable()),
    rating: z.number().nullable(),
    list: z.array(z.string()).nullable(),
  });
  const full = { price: { amount: 5, currency: 'EUR' }, title: 'a "b"', prices: [null], rating: 0.5, list: ['x'] };
  const empty = { price: null, title: null, prices: [], rating: null, list: null };
  assert.deepEqual(serialized(schema, full), full);
  assert.deepEqual(serialized(schema, empty), empty);
});

test('a choice of shapes comes through whole, however deep it nests', () => {
  type Block = { type: 'text'; text: string } | { type: 'list'; content: Block[] };
  const Block: z.ZodType<Block> = z.lazy(() =>
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('text'), text: z.string() }),
      z.strictObject({ type: z.literal('list'), content: z.array(Block) }),
    ]),
  );
  const document = { content: [{ type: 'list', content: [{ type: 'text', text: 'ç' }] }], at: 1 };
  const schema = z.strictObject({ content: z.array(Block), at: z.union([z.string(), z.number()]) });
  assert.deepEqual(serialized(schema, document), document);
});

test('fields that the schema does not have stay inside', () => {
  const schema = z.strictObject({ price: Price.nullable(), name: z.string() });
  const value = { price: { amount: 1, currency: 'EUR', cost: 2 }, name: 'n', secret: 's' };
  assert.deepEqual(serialized(schema, value), { price: { amount: 1, currency: 'EUR' }, name: 'n' });
});

test('fields stay inside also in lists, records and shapes that contain themselves', () => {
  type Tree = { name: string; children: Tree[] };
  const Tree: z.ZodType<Tree> = z.strictObject({ name: z.string(), children: z.lazy(() => z.array(Tree)) });
  const schema = z.strictObject({
    trees: z.array(Tree),
    prices: z.record(z.string(), Price),
    nested: z.array(z.array(z.strictObject({ id: z.string() }))).nullable(),
    open: z.record(z.string(), z.unknown()),
    nothing: z.strictObject({}),
  });
  const price = { amount: 1, currency: 'EUR' };
  const tree = (more: object) => ({ name: 'a', children: [{ name: 'b', children: [], ...more }], ...more });
  assert.deepEqual(
    serialized(schema, {
      trees: [tree({ secret: 's' })],
      prices: { a: { ...price, cost: 2 } },
      nested: [[{ id: 'x', secret: 's' }]],
      open: { anything: { goes: 1 } },
      nothing: { secret: 's' },
    }),
    { trees: [tree({})], prices: { a: price }, nested: [[{ id: 'x' }]], open: { anything: { goes: 1 } }, nothing: {} },
  );
});

test('fields without a value are left out, and times are written as such', () => {
  const schema = z.strictObject({ at: z.string().meta({ format: 'date-time' }), note: z.string().optional() });
  const at = new Date('2026-01-02T03:04:05Z');
  assert.deepEqual(serialized(schema, { at, note: undefined }), { at: '2026-01-02T03:04:05.000Z' });
});

test('a field is a field whatever it is called', () => {
  const schema = {
    type: 'object',
    additionalProperties: false,
    properties: JSON.parse('{ "__proto__": { "type": "string" }, "a \\"quoted\\" one": { "type": "string" } }'),
  };
  const answer = '{"__proto__":"x","a \\"quoted\\" one":"y"}';
  assert.equal(answerSerializer(schema)(JSON.parse(answer)), answer);
});

test('a schema that is more than a shape is found by the document of all operations', () => {
  const documentOf = (parts: { body?: z.ZodType; response?: z.ZodType }) =>
    buildOpenApi([{ context: 'things', route: postThing(parts) }], { title: 'Things', version: '1' });
  assert.ok(documentOf({ body: z.strictObject({ name: z.string() }) }));
  assert.throws(() => documentOf({ response: z.strictObject({ size: z.string().transform(Number) }) }), /Transforms/);
  assert.throws(() => documentOf({ body: z.strictObject({ size: z.bigint() }) }), /BigInt/);
});

function postThing(parts: { body?: z.ZodType; response?: z.ZodType }) {
  return defineRoute({
    method: 'POST',
    url: '/api/things',
    summary: 'Make a thing',
    policy: allow.anyone(),
    idempotency: 'natural',
    handler: async () => undefined,
    ...parts,
  });
}
