import { createHash } from 'node:crypto';
import { z } from 'zod';
import { findErrorDefinition, kernelErrors, listErrors } from '../errors.ts';
import { problemSchema } from './problem.ts';
import { exampleId, type Route } from './route.ts';

type Json = Record<string, unknown>;

/**
 * JSON Schema of a zod schema. Input schemas refuse unknown fields at every level, whatever the author wrote.
 */
export function toJsonSchema(
  schema: z.ZodType,
  io: 'input' | 'output',
  target: 'draft-7' | 'draft-2020-12' = 'draft-7',
): Json {
  const json: Json = { ...z.toJSONSchema(schema, { target, io, unrepresentable: 'throw' }) };
  delete json.$schema;
  delete json['~standard'];
  return json;
}

/** `/api/courses/:id` → `/api/courses/{id}`. */
export function openApiPath(url: string): string {
  return url.replace(/:(\w+)/g, '{$1}');
}

/** A name for the operation that generated clients use: `get_api_courses_id`. */
function operationId(route: Route): string {
  return `${route.method.toLowerCase()}_${route.url.replace(/[^a-zA-Z0-9]+/g, '_').replace(/^_|_$/g, '')}`;
}

/**
 * The OpenAPI 3.1 document of the given routes.
 * @param routes by the context they belong to
 */
export function buildOpenApi(
  routes: readonly { context: string; route: Route }[],
  info: { title: string; version: string },
): Json {
  const paths: Record<string, Json> = {};
  const problems = new Set<string>();
  const schemas: Record<string, unknown> = { Problem: { ...problemSchema, $id: undefined } };
  const describe = (schema: z.ZodType, io: 'input' | 'output') =>
    hoist(readable(toJsonSchema(schema, io, 'draft-2020-12')), schemas);
  for (const { context, route } of routes) {
    const path = openApiPath(route.url);
    const responses: Json = {};
    const success = String(route.status ?? (route.response || route.binary ? 200 : 204));
    responses[success] = route.response
      ? {
          description: 'Done.',
          content: {
            'application/json': {
              schema: describe(route.response, 'output'),
              ...(route.examples?.response === undefined ? {} : { example: route.examples.response }),
            },
          },
        }
      : route.binary
        ? { description: 'The file.', content: { [route.binary]: { schema: { type: 'string', format: 'binary' } } } }
        : { description: 'Done.' };
    const codes = new Set(route.errors ?? []);
    if (route.params || route.query || route.body) codes.add('validation_failed');
    if (route.policy.kind !== 'anyone') codes.add('not_signed_in');
    if (route.policy.kind === 'role') codes.add('not_allowed');
    if (codes.size === 0) codes.add('internal_error');
    const sorted = [...codes].sort();
    for (const code of sorted) problems.add(code);
    responses.default = {
      description: `A problem. Codes: ${sorted.join(', ')}.`,
      content: {
        'application/problem+json': {
          schema: { $ref: '#/components/schemas/Problem' },
          examples: Object.fromEntries(sorted.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
        },
      },
    };
    paths[path] = {
      ...paths[path],
      [route.method.toLowerCase()]: {
        operationId: operationId(route),
        summary: route.summary,
        ...(route.description ? { description: route.description } : {}),
        tags: [context],
        security: route.policy.kind === 'anyone' ? [{}, { bearer: [] }] : [{ bearer: [] }],
        'x-errors': sorted,
        'x-policy': route.policy.kind === 'role' ? `role:${route.policy.roles.join('|')}` : route.policy.kind,
        parameters: [
          ...parameters(route.params, 'path'),
          ...parameters(route.query, 'query'),
          ...headerParameters(route),
        ],
        ...(route.body
          ? {
              requestBody: {
                required: true,
                content: {
                  'application/json': {
                    schema: describe(route.body, 'input'),
                    ...(route.examples?.body === undefined ? {} : { example: route.examples.body }),
                  },
                },
              },
            }
          : {}),
        ...(route.streamedBody
          ? {
              requestBody: {
                required: true,
                content: { [route.streamedBody]: { schema: { type: 'string', format: 'binary' } } },
              },
            }
          : {}),
        responses,
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      ...info,
      description: `Errors are RFC 9457 problems. Codes: ${listErrors()
        .map(([code]) => code)
        .join(', ')}.`,
    },
    servers: [{ url: '/' }],
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => a.localeCompare(b))),
    components: {
      schemas,
      examples: Object.fromEntries([...problems].sort().map((code) => [code, { value: exampleProblem(code) }])),
      'x-errors': Object.fromEntries(
        listErrors().map(([code, { status, title, when }]) => [code, { status, title, when }]),
      ),
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}

/**
 * Moves the named parts of a schema (recursive ones have to be named) to the document's own schemas. A name stands for
 * the content, so that two operations that use the same part share it and generated clients get one type.
 */
function hoist(json: Json, schemas: Record<string, unknown>): Json {
  const { $defs, ...rest } = json;
  if (!$defs || typeof $defs !== 'object') return rest;
  const parts = Object.entries($defs);
  const group = createHash('sha256').update(JSON.stringify($defs)).digest('hex').slice(0, 8);
  const rename = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value).replace(
        /"#\/\$defs\/([^"]+)"/g,
        (_whole, name: string) => `"#/components/schemas/${name.replace(/^_+/, '')}_${group}"`,
      ),
    );
  for (const [name, part] of parts) schemas[`${name.replace(/^_+/, '')}_${group}`] = rename(part);
  return rename(rest) as Json;
}

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const json = readable(toJsonSchema(schema, 'input', 'draft-2020-12'));
  const properties = (json.properties ?? {}) as Record<string, Json>;
  const required = new Set(Array.isArray(json.required) ? json.required : []);
  return Object.entries(properties).map(([name, { examples, description, ...property }]) => {
    const [example] = Array.isArray(examples) ? examples : property.format === 'uuid' ? [exampleId] : [];
    return {
      name,
      in: place,
      required: place === 'path' || required.has(name),
      ...(description === undefined ? {} : { description }),
      schema: property,
      ...(example === undefined ? {} : { example }),
    };
  });
}

/** The problem a code stands for, as an English reader gets it. */
function exampleProblem(code: string): Json {
  const definition = findErrorDefinition(code);
  if (!definition) throw new Error(`an operation names an error that nobody declares: ${code}`);
  return {
    type: `/api/docs#${code}`,
    title: definition.title.en,
    status: definition.status,
    code,
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    ...(code === kernelErrors.validation_failed().code
      ? { errors: [{ pointer: '/title', code: 'too_small', message: 'Too short: at least 1 character.' }] }
      : {}),
  };
}

/**
 * A schema for people and generators of clients: without the pattern that says once more what `format: uuid` says, and
 * the bounds that every number in JSON has. What comes in is still held to both.
 */
function readable(json: Json): Json {
  return JSON.parse(JSON.stringify(json), (_key, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    const { pattern, minimum, maximum, ...rest }: Json = { ...part };
    return {
      ...rest,
      ...(pattern === undefined || rest.format === 'uuid' ? {} : { pattern }),
      ...(minimum === undefined || minimum === Number.MIN_SAFE_INTEGER ? {} : { minimum }),
      ...(maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? {} : { maximum }),
    };
  });
}

function headerParameters(route: Route): Json[] {
  if (route.idempotency !== 'key') return [];
  return [
    {
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      schema: { type: 'string', maxLength: 255 },
      description: 'Makes a repeat harmless: same key and body, same answer, one effect. Kept 72 hours.',
    },
  ];
}
