import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Context, findErrorDefinition, type Route } from '@stoa/kernel';
import { startTestPlatform, type TestPlatform } from '@stoa/kernel/testing';
import { z } from 'zod';
import { operationsRoutes } from '../../../kernel/src/operations.ts';
import { contexts } from '../src/contexts.ts';

/** Routes by what declares them: a context, or the kernel for what the console sees of all contexts. */
const declared = new Map<string, readonly Route[]>();
const names = ['kernel', ...contexts.map(({ name }) => name)];

/** A context that notes the routes it is created with: their schemas are not to be had from the document. */
const noting = (context: Context): Context => ({
  ...context,
  create: async (deps) => {
    const parts = await context.create(deps);
    declared.set(context.name, parts.routes ?? []);
    return parts;
  },
});

const Documented = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({
    examples: z.record(z.string(), z.object({ value: z.record(z.string(), z.unknown()) })),
  }),
});
const Described = z.object({
  parameters: z.array(
    z.object({
      name: z.string(),
      in: z.string(),
      schema: z.record(z.string(), z.unknown()),
      example: z.unknown().optional(),
    }),
  ),
  responses: z.object({
    default: z.object({
      content: z.object({ 'application/problem+json': z.object({ examples: z.record(z.string(), z.unknown()) }) }),
    }),
  }),
  'x-errors': z.array(z.string()),
});

/** Whether a parameter has few values, which its schema names, one that is taken by itself, or is any key of the caller's. */
const isPlain = (schema: Record<string, unknown>) =>
  'enum' in schema || 'default' in schema || schema.type === 'boolean' || schema.maxLength === 255;

let platform: TestPlatform;
before(async () => {
  platform = await startTestPlatform(contexts.map(noting));
  declared.set('kernel', operationsRoutes({ contexts: [], platformOf: platform.host.platform }));
});
after(() => platform?.close());

const nameOf = ({ method, url }: Route) => `${method} ${url}`;

/** Whether there is anything to show: a body without fields is always the same. */
function hasFields(schema: z.ZodType): boolean {
  const { type, properties, additionalProperties } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return type !== 'object' || Object.keys(properties ?? {}).length > 0 || typeof additionalProperties === 'object';
}

/** What is missing or wrong in one of the two examples of an operation, in words; nothing if it is as it should be. */
function faultsOf(route: Route, part: 'body' | 'response'): string[] {
  const schema = route[part];
  const example = route.examples?.[part];
  if (!schema) return example === undefined ? [] : [`${nameOf(route)}: has an example ${part} and no schema of it`];
  if (example === undefined) {
    return part === 'body' && !hasFields(schema) ? [] : [`${nameOf(route)}: has no example ${part}`];
  }
  // As it is read in the document.
  const parsed = schema.safeParse(JSON.parse(JSON.stringify(example)));
  if (parsed.success) return [];
  const wrong = parsed.error.issues.map(({ path, message }) => `/${path.join('/')} ${message}`).join('; ');
  return [`${nameOf(route)}: its example ${part} is not what its schema says: ${wrong}`];
}

describe('the examples of the reference', () => {
  for (const name of names) {
    test(`are there for every operation of ${name}, and fit its schemas`, () => {
      const routes = declared.get(name) ?? [];
      const faults = routes.flatMap((route) => [...faultsOf(route, 'body'), ...faultsOf(route, 'response')]);
      assert.ok(routes.length > 0, `nothing was created as ${name}`);
      assert.ok(faults.length === 0, `${faults.length} examples are missing or wrong:\n${faults.join('\n')}`);
    });
  }

  test('are there for every parameter that does not say itself what it may be', async () => {
    const { paths } = Documented.parse((await platform.call('GET', '/api/openapi.json')).body);
    const faults = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, operation]) =>
        Described.parse(operation).parameters.flatMap(({ name, schema, example }) =>
          isPlain(schema) || example !== undefined ? [] : [`${method} ${path} ${name}`],
        ),
      ),
    );
    assert.deepEqual(faults, []);
    const known = [...declared.values()].flat();
    for (const { method, url, params, query } of known) {
      const { parameters } = Described.parse(paths[url.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]);
      for (const [place, schema] of [['path', params] as const, ['query', query] as const]) {
        const given = parameters.filter((one) => one.in === place && one.example !== undefined);
        const parsed = schema?.safeParse(Object.fromEntries(given.map(({ name, example }) => [name, example])));
        assert.ok(parsed?.success ?? true, `${method} ${url}: ${parsed?.error?.message}`);
      }
    }
  });

  test('show every problem an operation may answer with', async () => {
    const { paths, components } = Documented.parse((await platform.call('GET', '/api/openapi.json')).body);
    const shown = new Set<string>();
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        const { responses, 'x-errors': codes } = Described.parse(operation);
        const { examples } = responses.default.content['application/problem+json'];
        const references = codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]);
        assert.deepEqual(examples, Object.fromEntries(references), `${method} ${path}`);
        for (const code of codes) shown.add(code);
      }
    }
    assert.deepEqual(Object.keys(components.examples).sort(), [...shown].sort());
    for (const [code, { value }] of Object.entries(components.examples)) {
      const definition = findErrorDefinition(code) ?? assert.fail(code);
      assert.deepEqual([value.code, value.status, value.title], [code, definition.status, definition.title.en]);
      assert.ok(Number(value.status) >= 400 && String(value.type).endsWith(`#${code}`));
    }
  });

  test('are looked for in every operation of the document', async () => {
    const { paths } = Documented.parse((await platform.call('GET', '/api/openapi.json')).body);
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    assert.deepEqual(documented.sort(), [...declared.values()].flat().map(nameOf).sort());
  });
});
