import fc from 'fast-check';
import { z } from 'zod';

const Json = z.record(z.string(), z.unknown());
const Operation = z.object({
  'x-policy': z.string(),
  parameters: z.array(z.object({ name: z.string(), in: z.string(), schema: Json })).default([]),
  requestBody: z
    .object({ content: z.record(z.string(), z.object({ schema: Json, example: z.unknown().optional() })) })
    .optional(),
});
const Surface = z.object({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ schemas: z.record(z.string(), Json) }),
});

type JsonObject = z.infer<typeof Json>;

/** An operation as the OpenAPI document describes it. */
export type ApiOperation = {
  /** `GET /api/courses/{id}` */
  name: string;
  method: string;
  path: string;
  /** `anyone`, `user`, or the roles. */
  policy: { kind: 'anyone' } | { kind: 'user' } | { kind: 'role'; roles: string[] };
  query: { name: string; values: fc.Arbitrary<unknown> }[];
  /** Bodies that fit its schema, and the example of the document. */
  body?: { values: fc.Arbitrary<unknown>; example: unknown };
};

/** Every operation of an OpenAPI document, with generators of what it accepts. */
export function readSurface(document: unknown): ApiOperation[] {
  const { paths, components } = Surface.parse(document);
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const policy = operation['x-policy'];
      const json = operation.requestBody?.content['application/json'];
      return {
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        policy:
          policy === 'anyone' || policy === 'user'
            ? { kind: policy }
            : { kind: 'role' as const, roles: policy.replace('role:', '').split('|') },
        query: operation.parameters
          .filter((parameter) => parameter.in === 'query')
          .map(({ name, schema }) => ({ name, values: valuesOf(schema, components.schemas) })),
        ...(json ? { body: { values: valuesOf(json.schema, components.schemas), example: json.example } } : {}),
      };
    }),
  );
}

/** Text as nobody means it: what databases, parsers and pages stumble over. */
const text = fc.oneof(
  { weight: 3, arbitrary: fc.string({ maxLength: 60 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '\u0000',
      'a\u0000b',
      '\ud800',
      '\u202e',
      "'; drop table users; --",
      '%_\\',
      '__proto__',
      '<script>alert(1)</script>',
      '../../etc/passwd',
      '9'.repeat(400),
      '  ',
      'NaN',
    ),
  },
);

function valuesOf(schema: JsonObject, named: Record<string, JsonObject>, depth = 0): fc.Arbitrary<unknown> {
  const inner = (value: unknown) => valuesOf(Json.parse(value ?? {}), named, depth + 1);
  if (typeof schema.$ref === 'string') {
    const target = named[schema.$ref.split('/').at(-1) ?? ''];
    return target && depth < 12 ? valuesOf(target, named, depth + 1) : fc.constant(null);
  }
  if ('const' in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) return fc.oneof(...choices.map(inner));
  switch (schema.type) {
    case 'string':
      return stringsOf(schema);
    case 'integer':
      return fc.integer({ min: lowest(schema, -(2 ** 31)), max: highest(schema, 2 ** 31) });
    case 'number':
      return fc.double({ min: lowest(schema, -1e300), max: highest(schema, 1e300), noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(inner(schema.items), {
        minLength: Number(schema.minItems ?? 0),
        maxLength: Math.min(Number(schema.maxItems ?? 3), depth > 4 ? 1 : 3),
      });
    case 'object':
      return objectsOf(schema, inner);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function objectsOf(schema: JsonObject, inner: (value: unknown) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const properties = Json.parse(schema.properties ?? {});
  const model = Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, inner(value)]));
  const requiredKeys = Array.isArray(schema.required) ? schema.required.map(String) : [];
  if (Object.keys(model).length > 0) return fc.record(model, { requiredKeys });
  if (schema.additionalProperties === false || schema.additionalProperties === undefined) return fc.constant({});
  return fc.dictionary(
    text.map((key) => key.slice(0, 100)),
    inner(schema.additionalProperties),
    { maxKeys: 3 },
  );
}

function stringsOf(schema: JsonObject): fc.Arbitrary<unknown> {
  const minLength = Number(schema.minLength ?? 0);
  const maxLength = Number(schema.maxLength ?? 10_000);
  if (schema.format === 'uuid') return fc.uuid();
  if (schema.format === 'email') return fc.emailAddress();
  if (typeof schema.pattern === 'string') {
    // Patterns with classes the generator does not know are met by few texts; then any text has to be refused.
    try {
      return fc.stringMatching(new RegExp(schema.pattern));
    } catch {
      return text;
    }
  }
  return text.map((value) => value.slice(0, maxLength).padEnd(minLength, 'x'));
}

const lowest = (schema: JsonObject, otherwise: number) =>
  Number(schema.minimum ?? schema.exclusiveMinimum ?? otherwise);
const highest = (schema: JsonObject, otherwise: number) =>
  Number(schema.maximum ?? schema.exclusiveMaximum ?? otherwise);
