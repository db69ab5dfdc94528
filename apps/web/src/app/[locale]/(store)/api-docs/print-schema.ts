import type { Json } from './reference.ts';

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A JSON Schema in the notation people write types in, limits as comments: one line for a simple value, an indented
 * block for an object. Named schemas stay names; the page prints them once.
 */
export function printSchema(schema: Json, indent = ''): string {
  const { $ref, enum: choices, const: constant, anyOf, oneOf, allOf } = schema;
  if (typeof $ref === 'string') return $ref.slice($ref.lastIndexOf('/') + 1);
  if (constant !== undefined) return JSON.stringify(constant);
  if (Array.isArray(choices)) return choices.map((choice) => JSON.stringify(choice)).join(' | ');
  for (const [parts, joint] of [
    [anyOf ?? oneOf, ' | '],
    [allOf, ' & '],
  ] as const) {
    if (Array.isArray(parts))
      return parts
        .filter(isJson)
        .map((part) => printSchema(part, indent))
        .join(joint);
  }
  if (Array.isArray(schema.type)) {
    return schema.type.map((type) => printSchema({ ...schema, type }, indent)).join(' | ');
  }
  if (schema.type === 'array') {
    const item = isJson(schema.items) ? printSchema(schema.items, indent) : 'unknown';
    return `${/ [|&] /.test(item) && !item.includes('\n') ? `(${item})` : item}[]`;
  }
  if (schema.type === 'object' || isJson(schema.properties)) return printObject(schema, indent);
  return typeof schema.type === 'string' ? schema.type : 'unknown';
}

function printObject(schema: Json, indent: string): string {
  const properties = Object.entries(isJson(schema.properties) ? schema.properties : {});
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const inner = `${indent}  `;
  const lines = properties.flatMap(([name, value]) => {
    if (!isJson(value)) return [];
    const limits = describeLimits(value);
    const mark = required.has(name) ? '' : '?';
    return [`${inner}${name}${mark}: ${printSchema(value, inner)}${limits ? `  // ${limits}` : ''}`];
  });
  if (isJson(schema.additionalProperties) && properties.length === 0) {
    lines.push(`${inner}[name: string]: ${printSchema(schema.additionalProperties, inner)}`);
  }
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`;
}

/** Format, length, range and default in a few signs, the same in every language. Empty when there is nothing to say. */
export function describeLimits(schema: Json): string {
  const { format, minLength, maxLength, minimum, maximum, minItems, maxItems } = schema;
  const range = (low: unknown, high: unknown): string => {
    // Every integer of JSON lies between these; saying so helps nobody.
    const from =
      typeof low === 'number' && low > Number.MIN_SAFE_INTEGER && !(low === 0 && high !== undefined) ? low : undefined;
    const to = typeof high === 'number' && high < Number.MAX_SAFE_INTEGER ? high : undefined;
    if (from !== undefined && to !== undefined) return `${from}–${to}`;
    if (from !== undefined) return `≥ ${from}`;
    return to === undefined ? '' : `≤ ${to}`;
  };
  const items = range(minItems, maxItems);
  const parts = [
    typeof format === 'string' ? format : '',
    range(minimum, maximum),
    range(minLength, maxLength),
    items && `${items} items`,
    schema.default === undefined ? '' : `= ${JSON.stringify(schema.default)}`,
  ];
  return parts.filter(Boolean).join(', ');
}
