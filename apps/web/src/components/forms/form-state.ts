import type { ApiProblem } from '@/api/problem.ts';

/**
 * What a server action hands back to the form that called it. `fields` are messages by field name, `typed` is what the
 * person had written: React empties a form after its action, and nothing typed may be lost.
 */
export type FormState =
  | { kind: 'fresh' }
  | { kind: 'done'; at: number }
  | {
      kind: 'refused';
      at: number;
      code: string;
      message: string;
      traceId: string | null;
      signIn?: boolean;
      fields: Record<string, string>;
      typed: Record<string, string>;
    };

/** What a person can do about a refusal that its words do not say. */
export type WayOn = {
  /** Nobody is signed in any more: signing in is what helps. */
  signIn: boolean;
  /** Of a failure that nobody expected, for support. Null for a refusal that somebody can act on. */
  traceId: string | null;
};

/** The way on from a problem. Every form that shows one asks here. */
export function wayOn({ status, traceId }: ApiProblem): WayOn {
  return { signIn: status === 401, traceId: status >= 500 ? traceId : null };
}

export const fresh: FormState = { kind: 'fresh' };

/** The state after a change that was made. `at` differs each time, so that an effect sees the second save too. */
export function done(): FormState {
  return { kind: 'done', at: Date.now() };
}

/** The state after a refusal. A pointer like `/newPassword` or `/price/amount` belongs to the field of its first part. */
export function refused(problem: ApiProblem, typed: Record<string, string> = {}): FormState {
  const fields: Record<string, string> = {};
  for (const { pointer, message } of problem.errors) {
    const field = pointer.split('/')[1];
    if (field && !fields[field]) fields[field] = message;
  }
  const { code } = problem;
  return { kind: 'refused', at: Date.now(), code, message: wordsOf(problem), ...wayOn(problem), fields, typed };
}

/**
 * The key of the next try of a form whose request is named by `requestKey`: a refusal is kept for its key, so another try
 * needs another one.
 */
export function keyOfTry(requestKey: string, state: FormState): string {
  return state.kind === 'refused' ? `${requestKey}-${state.at}` : requestKey;
}

/** What a person reads about a problem: its detail, else its title, already in their language. */
export function wordsOf(problem: ApiProblem): string {
  return problem.detail || problem.title;
}

/** The texts of a form, by field name; files are left out. */
export function textsOf(form: FormData): Record<string, string> {
  return Object.fromEntries([...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}
