import type { ProblemDefinition } from '@stoa/contracts/problem';
import { statement } from '@stoa/kernel';
import type { ProblemResult } from './grade-problem.ts';
import type { Answers } from './read-answers.ts';

/** A problem with what one person has done on it; the person's columns are null before the first attempt or hint. */
export type ProblemRow = {
  id: string;
  course_id: string;
  lesson_id: string;
  definition: ProblemDefinition;
  gradable: boolean;
  version: number;
  view_key: Uint8Array;
  language: string | null;
  instructor_id: string | null;
  published: boolean | null;
  preview: boolean | null;
  attempts: number | null;
  best_score: number | null;
  hints_shown: number | null;
  passed_at: string | null;
  last_id: string | null;
  last_number: number | null;
  last_answers: Answers | null;
  last_result: ProblemResult | null;
  last_submitted_at: string | null;
};

const problemWithState = `
  select p.id, p.course_id, p.lesson_id, p.definition, p.gradable, p.version, p.view_key,
    c.language, c.instructor_id, c.published, l.preview,
    s.attempts, s.best_score, s.hints_shown, s.passed_at,
    a.id as last_id, a.number as last_number, a.answers as last_answers, a.result as last_result, a.submitted_at as last_submitted_at
  from problems p
  left join courses c on c.id = p.course_id
  left join lessons l on l.id = p.lesson_id
  left join problem_states s on s.problem_id = p.id and s.user_id = $2
  left join attempts a on a.problem_id = p.id and a.user_id = $2 and a.number = s.attempts
  where p.removed_at is null`;

export const findProblem = statement<[id: string, userId: string | null], ProblemRow>(
  'assessment.find_problem',
  `${problemWithState} and p.id = $1`,
);

export const listLessonProblems = statement<[lessonId: string, userId: string | null], ProblemRow>(
  'assessment.list_lesson_problems',
  `${problemWithState} and p.lesson_id = $1 order by p.position`,
);
