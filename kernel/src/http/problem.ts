import type { ErrorObject } from 'ajv';
import { type ExpectedError, type FieldError, fill } from '../errors.ts';
import type { Locale, Text } from '../locale.ts';

/** RFC 9457 problem details, as every failure leaves the platform. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail?: string;
  instance: string;
  code: string;
  traceId: string;
  errors?: FieldError[];
};

export const problemSchema = {
  $id: 'Problem',
  type: 'object',
  required: ['type', 'title', 'status', 'instance', 'code', 'traceId'],
  properties: {
    type: { type: 'string', description: 'Where the code is explained.' },
    title: { type: 'string', description: 'What went wrong, in the language of the request.' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    code: { type: 'string', description: 'Stable; what a program acts on.' },
    traceId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'message'],
        properties: { pointer: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

/** The problem document of an expected failure. */
export function toProblem(
  error: ExpectedError,
  options: { locale: Locale; traceId: string; instance: string },
): Problem {
  return {
    type: `/api/docs#${error.code}`,
    title: error.title(options.locale),
    status: error.definition.status,
    instance: options.instance,
    code: error.code,
    traceId: options.traceId,
    ...(error.errors ? { errors: error.errors } : {}),
  };
}

const messages: Record<string, Text> = {
  required: { en: 'This is required.', 'pt-BR': 'Este campo é obrigatório.', es: 'Este campo es obligatorio.' },
  unknown: {
    en: 'This field is not known.',
    'pt-BR': 'Este campo não é reconhecido.',
    es: 'Este campo no se reconoce.',
  },
  too_short: {
    en: 'At least {limit} characters.',
    'pt-BR': 'No mínimo {limit} caracteres.',
    es: 'Al menos {limit} caracteres.',
  },
  too_long: {
    en: 'At most {limit} characters.',
    'pt-BR': 'No máximo {limit} caracteres.',
    es: 'Como máximo {limit} caracteres.',
  },
  too_few: {
    en: 'At least {limit} entries.',
    'pt-BR': 'No mínimo {limit} itens.',
    es: 'Al menos {limit} elementos.',
  },
  too_many: {
    en: 'At most {limit} entries.',
    'pt-BR': 'No máximo {limit} itens.',
    es: 'Como máximo {limit} elementos.',
  },
  too_small: {
    en: 'Not less than {limit}.',
    'pt-BR': 'Não pode ser menor que {limit}.',
    es: 'No puede ser menor que {limit}.',
  },
  too_large: {
    en: 'Not more than {limit}.',
    'pt-BR': 'Não pode ser maior que {limit}.',
    es: 'No puede ser mayor que {limit}.',
  },
  invalid_format: {
    en: 'This does not have the right form.',
    'pt-BR': 'O formato não é válido.',
    es: 'El formato no es válido.',
  },
  invalid_email: {
    en: 'This is not an e-mail address.',
    'pt-BR': 'Este não é um endereço de e-mail.',
    es: 'Esto no es una dirección de correo.',
  },
  invalid_choice: {
    en: 'This is not one of the choices.',
    'pt-BR': 'Esta não é uma das opções.',
    es: 'Esta no es una de las opciones.',
  },
  invalid_type: {
    en: 'This must be of type {limit}.',
    'pt-BR': 'Este valor deve ser do tipo {limit}.',
    es: 'Este valor debe ser de tipo {limit}.',
  },
  invalid: { en: 'This is not valid.', 'pt-BR': 'Este valor não é válido.', es: 'Este valor no es válido.' },
};

const keywords: Record<string, string> = {
  required: 'required',
  additionalProperties: 'unknown',
  minLength: 'too_short',
  maxLength: 'too_long',
  minItems: 'too_few',
  maxItems: 'too_many',
  minimum: 'too_small',
  exclusiveMinimum: 'too_small',
  maximum: 'too_large',
  exclusiveMaximum: 'too_large',
  format: 'invalid_format',
  pattern: 'invalid_format',
  enum: 'invalid_choice',
  const: 'invalid_choice',
  type: 'invalid_type',
};

/** Refusals of the compiled validator as field errors in the person's language. */
export function toFieldErrors(errors: readonly ErrorObject[], locale: Locale): FieldError[] {
  const seen = new Set<string>();
  const list: FieldError[] = [];
  for (const error of errors) {
    if (error.keyword === 'anyOf' || error.keyword === 'oneOf' || error.keyword === 'if') continue;
    const extra =
      error.keyword === 'required'
        ? error.params.missingProperty
        : error.keyword === 'additionalProperties'
          ? error.params.additionalProperty
          : undefined;
    const pointer =
      extra === undefined
        ? error.instancePath || '/'
        : `${error.instancePath}/${String(extra).replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (seen.has(pointer)) continue;
    seen.add(pointer);
    const code =
      error.keyword === 'format' && error.params.format === 'email'
        ? 'invalid_email'
        : (keywords[error.keyword] ?? 'invalid');
    const limit: unknown = error.params.limit ?? error.params.type ?? '';
    list.push({ pointer, code, message: fieldMessage(code, locale, { limit: String(limit) }) });
  }
  return list.slice(0, 50);
}

/** A field message of the kernel in a language, for use cases that refuse a field themselves. */
export function fieldMessage(code: string, locale: Locale, params: Record<string, string | number> = {}): string {
  // Whoever left it empty is told so, and not that one character would do.
  if ((code === 'too_short' || code === 'too_few') && Number(params.limit) === 1)
    return fieldMessage('required', locale);
  return fill((messages[code] ?? messages.invalid)?.[locale] ?? code, params);
}
