import { type PersonalRecord, statement } from '@stoa/kernel';

type Args = [userId: string, after: string, limit: number];

/** What this context holds of a person: what they answered and how far they got. Not the problems' own answers. */
export const personalSections = {
  problems: statement<Args, PersonalRecord>(
    'assessment.personal_problems',
    `select problem_id::text as key, jsonb_build_object('problemId', problem_id, 'attempts', attempts,
       'bestScore', best_score, 'hintsShown', hints_shown, 'passedAt', passed_at, 'updatedAt', updated_at) as record
     from problem_states where user_id = $1::uuid and problem_id::text > $2 order by 1 limit $3`,
  ),
  attempts: statement<Args, PersonalRecord>(
    'assessment.personal_attempts',
    `select a.id::text as key, jsonb_build_object('id', a.id, 'problemId', a.problem_id, 'courseId', p.course_id,
       'lessonId', p.lesson_id, 'number', a.number, 'answers', a.answers, 'score', a.score,
       'submittedAt', a.submitted_at) as record
     from attempts a join problems p on p.id = a.problem_id
     where a.user_id = $1::uuid and a.id::text > $2 order by 1 limit $3`,
  ),
  passedLessons: statement<Args, PersonalRecord>(
    'assessment.personal_passed_lessons',
    `select lesson_id::text as key, jsonb_build_object('lessonId', lesson_id, 'courseId', course_id,
       'passedAt', passed_at) as record
     from lesson_results where user_id = $1::uuid and lesson_id::text > $2 order by 1 limit $3`,
  ),
};
