import { ProblemDefinition } from '@stoa/contracts/problem';
import { type Ctx, type Database, type Ids, requireRole, statement } from '@stoa/kernel';
import { DEFAULT_PASS_THRESHOLD, SCORE_ROUNDING } from './attempt-rules.ts';
import { canBeGraded, findFaults, type ResponseFault } from './check-problem.ts';
import { errors } from './errors.ts';
import { lockLesson, passLesson } from './pass-lesson.ts';

const upsertProblems = statement<[courseId: string, lessonId: string, problems: string], never>(
  'assessment.upsert_problems',
  `insert into problems (id, course_id, lesson_id, source_key, position, definition, gradable, max_attempts)
   select given.id, $1, $2, given.source_key, given.position, given.definition, given.gradable, given.max_attempts
   from jsonb_to_recordset($3::jsonb) as given
     (id uuid, source_key text, position integer, definition jsonb, gradable boolean, max_attempts integer)
   on conflict (course_id, source_key) do update
   set lesson_id = excluded.lesson_id, position = excluded.position, definition = excluded.definition,
     gradable = excluded.gradable, max_attempts = excluded.max_attempts, removed_at = null, updated_at = now(),
     version = problems.version + (problems.definition is distinct from excluded.definition)::integer
   where (problems.lesson_id, problems.position, problems.definition, problems.gradable, problems.removed_at is null)
     is distinct from (excluded.lesson_id, excluded.position, excluded.definition, excluded.gradable, true)`,
);
const retireProblems = statement<[courseId: string, lessonId: string, kept: string[]], never>(
  'assessment.retire_problems',
  `update problems set removed_at = now(), updated_at = now()
   where course_id = $1 and lesson_id = $2 and removed_at is null and source_key <> all($3::text[])`,
);
const passByLoweredMark = statement<[courseId: string, lessonId: string], never>(
  'assessment.pass_by_lowered_mark',
  // Whoever has no attempts left could not pass in any other way. `isPassed` says the same of a single attempt.
  `update problem_states s set passed_at = now(), updated_at = now()
   from problems p
   where p.course_id = $1 and p.lesson_id = $2 and p.removed_at is null and p.gradable
     and s.problem_id = p.id and s.passed_at is null and s.attempts > 0
     and s.best_score >= coalesce((p.definition ->> 'passThreshold')::double precision, ${DEFAULT_PASS_THRESHOLD}) - ${SCORE_ROUNDING}`,
);
const listStored = statement<
  [courseId: string, lessonId: string],
  { source_key: string; id: string; gradable: boolean }
>(
  'assessment.list_stored_problems',
  `select source_key, id, gradable from problems
   where course_id = $1 and lesson_id = $2 and removed_at is null order by position`,
);

export type PutProblemsInput = {
  courseId: string;
  lessonId: string;
  problems: { sourceKey: string; definitionJson: string }[];
};
export type StoredProblem = { sourceKey: string; id: string; gradable: boolean; faults: ResponseFault[] };

/**
 * Makes the problems of a lesson exactly the given ones, in this order. Known source keys keep their id and attempts,
 * also when they come back or move to another lesson of the course; missing ones are retired. The same input again
 * changes nothing. A score that an attempt has reached counts by the pass mark of now, if that is lower; what was passed
 * stays passed. What cannot be graded says why.
 *
 * Called by the courses context, which has checked that the author may change the lesson.
 * @throws not_allowed, problem_definition_invalid
 */
export async function putProblems(
  deps: { db: Database; ids: Ids },
  input: PutProblemsInput,
  ctx: Ctx,
): Promise<{ problems: StoredProblem[] }> {
  requireRole(ctx, 'instructor');
  const { courseId, lessonId } = input;
  const keys = input.problems.map((problem) => problem.sourceKey);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw invalid(twice, [{ path: ['sourceKey'], message: 'given twice' }]);
  const given = input.problems.map(({ sourceKey, definitionJson }, position) => {
    const definition = readDefinition(sourceKey, definitionJson);
    return {
      id: deps.ids.id(),
      source_key: sourceKey,
      position,
      definition,
      gradable: canBeGraded(definition),
      max_attempts: definition.maxAttempts,
    };
  });

  return deps.db.transaction(async (tx) => {
    await lockLesson(tx, lessonId);
    await tx.run(upsertProblems, [courseId, lessonId, JSON.stringify(given)]);
    await tx.run(retireProblems, [courseId, lessonId, keys]);
    await tx.run(passByLoweredMark, [courseId, lessonId]);
    // With a problem gone from here, now or to another lesson before, somebody may have passed all that are left.
    await passLesson(deps, tx, { lessonId, userId: null }, ctx);
    const stored = await tx.rows(listStored, [courseId, lessonId]);
    const faults = new Map(given.map(({ source_key, definition }) => [source_key, findFaults(definition)]));
    return {
      problems: stored.map(({ source_key: sourceKey, ...rest }) => ({
        sourceKey,
        ...rest,
        faults: faults.get(sourceKey) ?? [],
      })),
    };
  });
}

function readDefinition(sourceKey: string, json: string): ProblemDefinition {
  let raw: unknown;
  try {
    // PostgreSQL keeps neither the zero character nor half a surrogate pair in JSON; sources can contain both.
    raw = JSON.parse(json, (_key, value: unknown) =>
      typeof value === 'string' ? value.toWellFormed().replaceAll('\u0000', '') : value,
    );
  } catch {
    throw invalid(sourceKey, [{ path: ['definitionJson'], message: 'not JSON' }]);
  }
  const parsed = ProblemDefinition.safeParse(raw);
  if (!parsed.success) throw invalid(sourceKey, parsed.error.issues);
  return parsed.data;
}

function invalid(sourceKey: string, issues: { path: PropertyKey[]; message: string }[]) {
  return errors.problem_definition_invalid({
    params: { sourceKey },
    errors: issues
      .slice(0, 20)
      .map((issue) => ({ pointer: `/${issue.path.map(String).join('/')}`, code: 'invalid', message: issue.message })),
  });
}
