/** A JSON value of the OpenAPI document. */
export type Json = Record<string, unknown>;

export type Parameter = { name: string; place: string; required: boolean; schema: Json; description: string | null };
export type Operation = {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string | null;
  /** `anyone`, `user`, or the roles of which one is needed. */
  policy: { kind: 'anyone' | 'user' } | { kind: 'role'; roles: string[] };
  parameters: Parameter[];
  body: Content | null;
  success: Content & { status: string };
  errors: string[];
};
/** What travels: its media type, its schema unless it is a file, and an example where the author wrote one. */
export type Content = { type: string | null; schema: Json | null; example: unknown };
export type ErrorCode = { code: string; status: number; title: Record<string, string>; when: string };
export type Reference = {
  version: string;
  groups: { name: string; operations: Operation[] }[];
  schemas: Record<string, Json>;
  errors: ErrorCode[];
};

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const json = (value: unknown): Json => (isJson(value) ? value : {});
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const strings = (value: unknown): string[] => list(value).filter((one) => typeof one === 'string');

/** Reads the OpenAPI document the platform describes itself with into what the page shows. Groups are the contexts. */
export function readReference(document: unknown): Reference {
  const root = json(document);
  const groups = new Map<string, Operation[]>();
  for (const [path, methods] of Object.entries(json(root.paths))) {
    for (const [method, value] of Object.entries(json(methods))) {
      const operation = json(value);
      const group = strings(operation.tags)[0] ?? 'platform';
      groups.set(group, [...(groups.get(group) ?? []), readOperation({ path, method, operation })]);
    }
  }
  const components = json(root.components);
  return {
    version: text(json(root.info).version),
    groups: [...groups]
      .map(([name, operations]) => ({ name, operations }))
      .sort((a, b) => a.name.localeCompare(b.name)),
    schemas: Object.fromEntries(Object.entries(json(components.schemas)).map(([name, schema]) => [name, json(schema)])),
    errors: Object.entries(json(components['x-errors'])).map(([code, value]) => {
      const error = json(value);
      const title = Object.entries(json(error.title)).map(([locale, words]) => [locale, text(words)]);
      return { code, status: Number(error.status), title: Object.fromEntries(title), when: text(error.when) };
    }),
  };
}

function readOperation({ path, method, operation }: { path: string; method: string; operation: Json }): Operation {
  const [status = '200', success] =
    Object.entries(json(operation.responses)).find(([code]) => /^[23]/.test(code)) ?? [];
  return {
    id: text(operation.operationId),
    method: method.toUpperCase(),
    path,
    summary: text(operation.summary),
    description: text(operation.description) || null,
    policy: readPolicy(text(operation['x-policy'])),
    parameters: list(operation.parameters).map((one) => {
      const parameter = json(one);
      return {
        name: text(parameter.name),
        place: text(parameter.in),
        required: parameter.required === true,
        schema: json(parameter.schema),
        description: text(parameter.description) || null,
      };
    }),
    body: isJson(operation.requestBody) ? readContent(operation.requestBody) : null,
    success: { status, ...readContent(json(success)) },
    errors: strings(operation['x-errors']),
  };
}

function readContent(holder: Json): Content {
  const [type, value] = Object.entries(json(holder.content))[0] ?? [];
  const content = json(value);
  const schema = isJson(content.schema) && content.schema.format !== 'binary' ? content.schema : null;
  return { type: type ?? null, schema, example: content.example };
}

function readPolicy(policy: string): Operation['policy'] {
  if (policy === 'anyone' || policy === 'user') return { kind: policy };
  return { kind: 'role', roles: policy.replace(/^role:/, '').split('|') };
}

/** The named schemas that what an operation takes or answers speaks of, and those that these speak of. */
export function listNamedSchemas(
  { body, success }: Pick<Operation, 'body' | 'success'>,
  schemas: Reference['schemas'],
): [name: string, schema: Json][] {
  const found = new Map<string, Json>();
  const look = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) look(one);
    if (!isJson(value)) return;
    const name = text(value.$ref).split('/').at(-1) ?? '';
    const schema = schemas[name];
    if (schema && !found.has(name)) {
      found.set(name, schema);
      look(schema);
    }
    for (const one of Object.values(value)) look(one);
  };
  look(body?.schema);
  look(success.schema);
  return [...found];
}
