import type { Locale, Text } from './locale.ts';

/**
 * One expected failure of a context: what a program can act on (`code`, `status`) and what a person reads (`title`,
 * in every language). `{name}` in a title is filled from the error's parameters.
 */
export type ErrorDefinition = {
  status: 400 | 401 | 403 | 404 | 409 | 410 | 412 | 413 | 415 | 416 | 422 | 429 | 500 | 502 | 503 | 504;
  title: Text;
  /** When it happens, for the reference documentation. */
  when: string;
  log?: 'debug' | 'info' | 'warn' | 'error';
};
export type ErrorTable = Record<string, ErrorDefinition>;

/** A field that was refused: `pointer` is a JSON pointer into the input (RFC 6901). */
export type FieldError = { pointer: string; code: string; message: string };

type ExpectedErrorOptions = {
  params?: Record<string, string | number>;
  errors?: FieldError[];
  headers?: Record<string, string>;
  cause?: unknown;
};

/**
 * An expected failure, thrown by use cases and turned into problem+json at the edge (and into a gRPC status between
 * contexts). Anything else that is thrown is a bug: an opaque 500 with a trace id.
 */
export class ExpectedError extends Error {
  readonly code: string;
  readonly definition: ErrorDefinition;
  readonly params: Record<string, string | number>;
  readonly errors: FieldError[] | undefined;
  readonly headers: Record<string, string> | undefined;

  constructor(code: string, definition: ErrorDefinition, options: ExpectedErrorOptions = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ExpectedError';
    this.code = code;
    this.definition = definition;
    this.params = options.params ?? {};
    this.errors = options.errors;
    this.headers = options.headers;
  }

  /** The title in a language, with its parameters filled in. */
  title(locale: Locale): string {
    return fill(this.definition.title[locale], this.params);
  }
}

const known = new Map<string, ErrorDefinition>();

/**
 * Declares the errors of a context. Codes are global: two contexts may share one (`course_not_found`), never for two
 * things.
 *
 * @example
 * const errors = defineErrors({ course_not_found: { status: 404, title: {...}, when: '...' } });
 * throw errors.course_not_found();
 */
export function defineErrors<const T extends ErrorTable>(
  table: T,
): { [K in keyof T]: (options?: ExpectedErrorOptions) => ExpectedError } {
  const makers = {} as { [K in keyof T]: (options?: ExpectedErrorOptions) => ExpectedError };
  for (const code of Object.keys(table) as (keyof T & string)[]) {
    const definition = table[code];
    if (!definition) continue;
    const before = known.get(code);
    if (before && before.status !== definition.status) throw new Error(`error code declared twice: ${code}`);
    if (!before) known.set(code, definition);
    makers[code] = (options) => new ExpectedError(code, definition, options);
  }
  return makers;
}

/** The definition behind a code, for errors that arrive from another process. */
export function findErrorDefinition(code: string): ErrorDefinition | undefined {
  return known.get(code);
}

/** All declared errors, for the documentation and the tests. */
export function listErrors(): [string, ErrorDefinition][] {
  return [...known.entries()].sort(([a], [b]) => a.localeCompare(b));
}

/** Fills `{name}` placeholders. */
export function fill(template: string, params: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));
}

/** Errors that every context may raise. */
export const kernelErrors = defineErrors({
  validation_failed: {
    status: 400,
    title: {
      en: 'Some of the data is not valid.',
      'pt-BR': 'Alguns dados não são válidos.',
      es: 'Algunos datos no son válidos.',
    },
    when: 'The body, query or path does not fit the schema of the operation; `errors` lists each field.',
    log: 'debug',
  },
  not_signed_in: {
    status: 401,
    title: {
      en: 'Sign in to continue.',
      'pt-BR': 'Entre na sua conta para continuar.',
      es: 'Inicia sesión para continuar.',
    },
    when: 'The operation needs a person and the request carries no valid access token.',
    log: 'debug',
  },
  invalid_token: {
    status: 401,
    title: {
      en: 'Your session has expired. Sign in again.',
      'pt-BR': 'Sua sessão expirou. Entre novamente.',
      es: 'Tu sesión ha caducado. Inicia sesión de nuevo.',
    },
    when: 'The access token is expired, malformed, or not meant for Stoa.',
    log: 'debug',
  },
  not_allowed: {
    status: 403,
    title: {
      en: 'You do not have permission to do this.',
      'pt-BR': 'Você não tem permissão para fazer isso.',
      es: 'No tienes permiso para hacer esto.',
    },
    when: 'The person is known but lacks the role or the relation the operation needs.',
    log: 'info',
  },
  not_found: {
    status: 404,
    title: { en: 'There is nothing here.', 'pt-BR': 'Não há nada aqui.', es: 'Aquí no hay nada.' },
    when: 'No route, or no object the person may see, at this address.',
    log: 'debug',
  },
  edit_conflict: {
    status: 412,
    title: {
      en: 'Someone changed this since you opened it. Reload to see the current version.',
      'pt-BR': 'Alguém alterou isto depois que você abriu. Recarregue para ver a versão atual.',
      es: 'Alguien cambió esto desde que lo abriste. Recarga para ver la versión actual.',
    },
    when: '`If-Match` does not name the current version.',
    log: 'info',
  },
  idempotency_key_reused: {
    status: 422,
    title: {
      en: 'This request key was already used for another request.',
      'pt-BR': 'Esta chave de requisição já foi usada em outra requisição.',
      es: 'Esta clave de solicitud ya se usó en otra solicitud.',
    },
    when: 'Same `Idempotency-Key`, different body.',
    log: 'info',
  },
  request_in_progress: {
    status: 409,
    title: {
      en: 'This request is still being processed. Try again in a moment.',
      'pt-BR': 'Esta requisição ainda está sendo processada. Tente de novo em instantes.',
      es: 'Esta solicitud todavía se está procesando. Inténtalo de nuevo en un momento.',
    },
    when: 'A request with the same `Idempotency-Key` has not finished.',
    log: 'info',
  },
  too_many_requests: {
    status: 429,
    title: {
      en: 'Too many requests. Try again in {seconds} seconds.',
      'pt-BR': 'Muitas requisições. Tente de novo em {seconds} segundos.',
      es: 'Demasiadas solicitudes. Inténtalo de nuevo en {seconds} segundos.',
    },
    when: 'The rate limit of the caller is used up; `Retry-After` says when to come back.',
    log: 'info',
  },
  payload_too_large: {
    status: 413,
    title: {
      en: 'That is too large.',
      'pt-BR': 'O conteúdo é grande demais.',
      es: 'El contenido es demasiado grande.',
    },
    when: 'The body is larger than the operation accepts.',
    log: 'info',
  },
  unsupported_media_type: {
    status: 415,
    title: {
      en: 'This kind of content is not accepted here.',
      'pt-BR': 'Este tipo de conteúdo não é aceito aqui.',
      es: 'Este tipo de contenido no se acepta aquí.',
    },
    when: 'The Content-Type is not one the operation reads.',
    log: 'debug',
  },
  temporarily_unavailable: {
    status: 503,
    title: {
      en: 'This part of the service is not available right now. Try again shortly.',
      'pt-BR': 'Esta parte do serviço não está disponível agora. Tente novamente em instantes.',
      es: 'Esta parte del servicio no está disponible ahora. Inténtalo de nuevo en breve.',
    },
    when: 'The database or another context cannot be reached.',
    log: 'warn',
  },
  internal_error: {
    status: 500,
    title: {
      en: 'Something went wrong on our side. It has been recorded.',
      'pt-BR': 'Algo deu errado do nosso lado. O problema foi registrado.',
      es: 'Algo falló de nuestro lado. El problema quedó registrado.',
    },
    when: 'A bug. The trace id leads to the full log.',
    log: 'error',
  },
});
