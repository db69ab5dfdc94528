/** One invalid field: a JSON pointer into the body, a stable code, and a text in the person's language. */
export type ProblemField = { pointer: string; code: string; message: string };

/**
 * A refused or failed API call, from its `application/problem+json` body. `code` is stable and for programs, `title` and
 * `detail` are for people and already in their language, `traceId` is what support asks for.
 */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string | null;
  readonly traceId: string | null;
  readonly errors: ProblemField[];
  /** What reaches `error.tsx` of an error thrown on the server is this field alone; Next keeps one that is set. */
  readonly digest?: string;

  constructor(problem: Omit<ApiProblem, 'name' | 'message' | 'stack' | 'cause' | 'digest'>) {
    super(`${problem.status} ${problem.code}: ${problem.title}`);
    this.name = 'ApiProblem';
    this.status = problem.status;
    this.code = problem.code;
    this.title = problem.title;
    this.detail = problem.detail;
    this.traceId = problem.traceId;
    this.errors = problem.errors;
    if (problem.traceId) this.digest = problem.traceId;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

const textOr = <Fallback>(value: unknown, fallback: Fallback) => (typeof value === 'string' ? value : fallback);

/** Reads a problem body. Anything else (a proxy's HTML page, nothing at all) still becomes a problem with its status. */
export function toProblem(status: number, body: unknown): ApiProblem {
  const value = isRecord(body) ? body : {};
  const errors = Array.isArray(value.errors) ? value.errors : [];
  return new ApiProblem({
    status,
    code: textOr(value.code, `http_${status}`),
    title: textOr(value.title, ''),
    detail: textOr(value.detail, null),
    traceId: textOr(value.traceId, null),
    errors: errors.filter(isRecord).map((field) => ({
      pointer: textOr(field.pointer, ''),
      code: textOr(field.code, 'invalid'),
      message: textOr(field.message, ''),
    })),
  });
}
