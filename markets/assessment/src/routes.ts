import { allow, defineRoute, Id, IdParams, type Route } from '@stoa/kernel';
import { z } from 'zod';
import { exampleAnswers, exampleAttempted, exampleHinted, exampleProblem } from './examples.ts';
import { getProblem, listProblems } from './list-problems.ts';
import { SubmittedAnswers } from './read-answers.ts';
import { showHint } from './show-hint.ts';
import { LearnerProblem } from './show-learner-problem.ts';
import { type SubmitDeps, submitAttempt } from './submit-attempt.ts';

/** The HTTP operations of assessment. */
export function routes(deps: SubmitDeps): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/api/lessons/:lessonId/problems',
      summary: 'Problems of a lesson',
      description: 'In order, without their answers, with your own state. Preview lessons are open to everyone.',
      policy: allow.anyone(),
      params: z.strictObject({ lessonId: Id }),
      response: z.strictObject({ items: z.array(LearnerProblem) }),
      errors: ['problem_not_open'],
      examples: { response: { items: [exampleProblem] } },
      handler: ({ params, ctx }) => listProblems(deps, params, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/problems/:id',
      summary: 'One problem',
      policy: allow.anyone(),
      params: IdParams,
      response: LearnerProblem,
      errors: ['problem_not_found', 'problem_not_open'],
      examples: { response: exampleAttempted },
      handler: ({ params, ctx }) => getProblem(deps, params, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/problems/:id/attempts',
      cleansText: true,
      summary: 'Submit an attempt',
      description:
        'Graded at once. Answers go by response id: one choice id, a list of them, or a text. ' +
        'Numbers are read in the language of `Accept-Language`. What cannot be read is refused and not counted.',
      policy: allow.user(),
      params: IdParams,
      body: z.strictObject({ answers: SubmittedAnswers }),
      response: LearnerProblem,
      status: 201,
      idempotency: 'key',
      errors: [
        'problem_not_found',
        'problem_not_open',
        'answers_not_understood',
        'nothing_answered',
        'problem_not_gradable',
        'problem_already_solved',
        'no_attempts_left',
      ],
      examples: { body: { answers: exampleAnswers }, response: exampleAttempted },
      handler: ({ params, body, ctx }) => submitAttempt(deps, { id: params.id, answers: body.answers }, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/problems/:id/hints',
      summary: 'Show the next hint',
      description: 'Hints cost nothing and stay visible. After the last one nothing changes.',
      policy: allow.user(),
      params: IdParams,
      response: LearnerProblem,
      status: 200,
      idempotency: 'key',
      errors: ['problem_not_found', 'problem_not_open'],
      examples: { response: exampleHinted },
      handler: ({ params, ctx }) => showHint(deps, params, ctx),
    }),
  ];
}
