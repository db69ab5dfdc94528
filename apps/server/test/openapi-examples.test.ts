import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Context, Route } from '@stoa/kernel';
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

const Documented = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

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

  test('are looked for in every operation of the document', async () => {
    const { paths } = Documented.parse((await platform.call('GET', '/api/openapi.json')).body);
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    assert.deepEqual(documented.sort(), [...declared.values()].flat().map(nameOf).sort());
  });
});
