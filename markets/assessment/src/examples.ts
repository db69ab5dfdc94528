import type { Block } from '@stoa/contracts/document';
import type { SubmittedAnswers } from './read-answers.ts';
import type { LearnerProblem } from './show-learner-problem.ts';

const paragraph = (text: string): Block[] => [{ type: 'paragraph', content: [{ type: 'text', text }] }];
const choice = (id: string, text: string) => ({ id, content: paragraph(text), language: 'en' });

/** A problem with a number and with choices, as somebody sees it who has not answered yet. */
export const exampleProblem: LearnerProblem = {
  id: '01980d4f-f280-739f-8575-3b6bc98ce4bf',
  lessonId: '01980cfd-8cc0-7bfe-bcc3-6d54dbf7dc24',
  courseId: '01980c2e-7c6a-7c11-9c55-3d1f0e6f2a10',
  problem: {
    title: 'What is left for the owners',
    language: 'en',
    parts: [
      {
        type: 'prose',
        content: paragraph('A bakery owns 300 thousand reais of ovens, flour and cash. It owes 180 thousand.'),
        language: 'en',
      },
      {
        type: 'response',
        response: {
          id: 'equity',
          label: 'What is left for its owners, in thousands of reais?',
          language: 'en',
          kind: 'numerical',
        },
      },
      {
        type: 'response',
        response: {
          id: 'assets',
          label: 'Which of these does the bakery own?',
          language: 'en',
          kind: 'multiple_choice',
          choices: [
            choice('hK3v9QmZxW2a', 'The ovens'),
            choice('Pq7LwN4sTe8d', 'The loan of the bank'),
            choice('b0Yt7RrLq1Xc', 'The flour'),
          ],
        },
      },
    ],
    points: 2,
    gradable: true,
    maxAttempts: 3,
    hintCount: 1,
    hints: [],
    solution: null,
  },
  state: { attempts: 0, attemptsLeft: 3, bestScore: 0, passed: false, submit: 'allowed' },
  lastAttempt: null,
};
export const exampleHinted: LearnerProblem = {
  ...exampleProblem,
  problem: { ...exampleProblem.problem, hints: ['Take what is owed away from what is owned.'] },
};

export const exampleAnswers: SubmittedAnswers = { equity: '120', assets: ['hK3v9QmZxW2a'] };
/** The number is right and a choice is missing: half of it, and two attempts to better it. */
export const exampleAttempted: LearnerProblem = {
  ...exampleProblem,
  state: { attempts: 1, attemptsLeft: 2, bestScore: 0.5, passed: false, submit: 'allowed' },
  lastAttempt: {
    id: '019ca943-3540-7da3-9a99-0647fd8b9502',
    number: 1,
    submittedAt: '2026-03-01T11:58:00.000Z',
    answers: { equity: { text: '120', value: 120 }, assets: { choiceIds: ['hK3v9QmZxW2a'] } },
    result: {
      score: 0.5,
      points: 1,
      maxPoints: 2,
      gradable: true,
      responses: [
        { id: 'equity', state: 'correct', credit: 1, feedback: [] },
        {
          id: 'assets',
          state: 'incorrect',
          credit: 0,
          feedback: [{ choiceId: 'b0Yt7RrLq1Xc', text: 'Flour in the store is owned until it is sold as bread.' }],
        },
      ],
    },
  },
};
