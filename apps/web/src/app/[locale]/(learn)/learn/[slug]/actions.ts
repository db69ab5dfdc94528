'use server';

import { refresh } from 'next/cache';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { api, problemOf } from '@/api/client.ts';
import { type WayOn, wayOn } from '@/components/forms/form-state.ts';
import { pathHeader } from '@/security/request-headers.ts';

/** A refusal as people read it. `fields` are messages by response id. */
export type Refusal = WayOn & { title: string; code: string; fields: Record<string, string> };

/** Outcome of the last attempt sent from this form. `key` makes the next one its own (see Idempotency-Key). */
export type AttemptState = {
  key: string;
  /** What was sent, by response id, so that a refused form keeps what was typed. */
  sent: Record<string, string[]>;
  refusal: Refusal | null;
  graded: { number: number; right: number; parts: number; passed: boolean } | null;
};

/*
 * What an action works on comes from a hidden field of its form and not from `bind`: Next never finishes answering a form
 * that was sent without scripts to a bound action of `useActionState`.
 */

/** Grades what the form holds. Its fields: `problem`, `key`, `kind:<response>` and `answer:<response>` (several for multiple choice). */
export async function submitAttempt(_before: AttemptState | null, form: FormData): Promise<AttemptState> {
  const sent: Record<string, string[]> = {};
  const answers: Record<string, string | string[]> = {};
  for (const [name, kind] of form.entries()) {
    if (!name.startsWith('kind:')) continue;
    const id = name.slice('kind:'.length);
    const values = form.getAll(`answer:${id}`).filter((value) => typeof value === 'string');
    sent[id] = values;
    answers[id] = kind === 'multiple_choice' ? values : (values[0] ?? '');
  }
  const key = textOf(form, 'key') || crypto.randomUUID();
  const answer = await (await api()).POST('/api/problems/{id}/attempts', {
    params: { path: { id: textOf(form, 'problem') }, header: { 'Idempotency-Key': key } },
    body: { answers },
  });
  const next = crypto.randomUUID();
  if (!answer.data) {
    const problem = problemOf(answer);
    await signInWithoutScripts(problem.status);
    const { title, code, errors } = problem;
    const fields = Object.fromEntries(
      errors
        .filter(({ pointer }) => pointer.startsWith('/answers/'))
        .map(({ pointer, message }) => [responseOf(pointer), message]),
    );
    // Solved or used up in another tab: show what is true now.
    if (['problem_already_solved', 'no_attempts_left', 'problem_not_gradable'].includes(code)) refresh();
    return { key: next, sent, refusal: { title, code, ...wayOn(problem), fields }, graded: null };
  }
  refresh();
  const { lastAttempt, state } = answer.data;
  const graded = lastAttempt?.result.responses.filter((response) => response.state !== 'ungradable') ?? [];
  return {
    key: next,
    sent,
    refusal: null,
    graded: {
      number: lastAttempt?.number ?? state.attempts,
      right: graded.filter((response) => response.state === 'correct').length,
      parts: graded.length,
      passed: state.passed,
    },
  };
}

/** `/answers/<id>` with the escapes of a JSON pointer undone. */
function responseOf(pointer: string): string {
  return pointer.slice('/answers/'.length).replaceAll('~1', '/').replaceAll('~0', '~');
}

/** Shows one more hint of the problem in the field `problem`. */
export async function askHint(_before: Refusal | null, form: FormData): Promise<Refusal | null> {
  const answer = await (await api()).POST('/api/problems/{id}/hints', {
    params: { path: { id: textOf(form, 'problem') }, header: { 'Idempotency-Key': crypto.randomUUID() } },
  });
  if (!answer.data) return refusalOf(answer);
  refresh();
  return null;
}

/** Takes the learner's word that the lesson in the field `lesson` is done. */
export async function completeLesson(_before: Refusal | null, form: FormData): Promise<Refusal | null> {
  const answer = await (await api()).POST('/api/progress/lessons/{id}', {
    params: { path: { id: textOf(form, 'lesson') } },
    body: { state: 'completed' },
  });
  if (!answer.data) return refusalOf(answer);
  refresh();
  return null;
}

/**
 * Whoever is signed out and runs no scripts signs in and comes back to the lesson: they would be shown a new page, the one of
 * a stranger, which has no form that could say why nothing was kept.
 */
async function signInWithoutScripts(status: number): Promise<void> {
  const sent = await headers();
  if (status !== 401 || sent.has('next-action')) return;
  redirect(`/auth/sign-in?returnTo=${encodeURIComponent(sent.get(pathHeader) ?? '/')}`);
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

async function refusalOf(answer: { error?: unknown; response: Response }): Promise<Refusal> {
  const problem = problemOf(answer);
  await signInWithoutScripts(problem.status);
  const { title, code } = problem;
  return { title, code, ...wayOn(problem), fields: {} };
}
