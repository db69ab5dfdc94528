import { type Ctx, type Deps, decodeCursor, kernelErrors, requireUser, statement, toPage } from '@stoa/kernel';
import { percentOf } from './record-progress.ts';
import { formatVerificationCode } from './verification-code.ts';

type Row = {
  id: string;
  reason: string;
  enrolled_at: string;
  last_activity_at: string;
  completed_at: string | null;
  completed_lessons: number;
  course_id: string;
  slug: string;
  title: string;
  language: string;
  instructor_name: string;
  lesson_count: number;
  duration_seconds: number;
  course_state: 'published' | 'archived';
  last_lesson_id: string | null;
  last_lesson_title: string | null;
  certificate_id: string | null;
  code: string | null;
  revoked_at: string | null;
};
type ListParams = [
  userId: string,
  locale: string,
  completed: boolean | null,
  afterTime: string | null,
  afterId: string | null,
  limit: number,
];
const listSql = (time: 'enrolled_at' | 'last_activity_at') => `
  select e.id, e.reason, e.enrolled_at, e.last_activity_at, e.completed_at, e.completed_lessons, e.course_id, c.slug,
    coalesce(c.titles ->> $2, c.title) as title, c.language, c.instructor_name, c.lesson_count, c.duration_seconds,
    c.state as course_state, l.id as last_lesson_id, l.title as last_lesson_title,
    e.certificate_id, s.code, s.revoked_at
  from enrollments e
  join courses c on c.id = e.course_id
  left join lessons l on l.id = e.last_lesson_id and l.removed_version is null
  left join certificates s on s.id = e.certificate_id
  where e.user_id = $1 and e.state = 'active'
    and ($3::boolean is null or (e.completed_at is not null) = $3)
    and ($4::timestamptz is null or (e.${time}, e.id) < ($4, $5::uuid))
  order by e.${time} desc, e.id desc limit $6`;
const byEnrollment = statement<ListParams, Row>('enrollment.list_by_enrollment', listSql('enrolled_at'));
const byActivity = statement<ListParams, Row>('enrollment.list_by_activity', listSql('last_activity_at'));

export type ListInput = {
  limit: number;
  cursor?: string | undefined;
  completed?: boolean | undefined;
  order: 'enrolled' | 'recent';
};

/**
 * A person's courses. `enrolled` (newest enrollment first) shows each row once however long the walk takes; `recent`
 * (last studied first) is for the top of a dashboard, where a row moves when its course is studied.
 * @throws not_signed_in, validation_failed
 */
export function listEnrollments(deps: Pick<Deps, 'db' | 'publicUrl'>) {
  return async (input: ListInput, ctx: Ctx) => {
    const { userId } = requireUser(ctx);
    const [afterTime, afterId] = readCursor(input.cursor);
    const recent = input.order === 'recent';
    const rows = await deps.db.rows(recent ? byActivity : byEnrollment, [
      userId,
      ctx.locale,
      input.completed ?? null,
      afterTime,
      afterId,
      input.limit + 1,
    ]);
    return toPage(rows, {
      limit: input.limit,
      key: (row) => [recent ? row.last_activity_at : row.enrolled_at, row.id],
      item: (row) => ({
        id: row.id,
        reason: row.reason,
        enrolledAt: row.enrolled_at,
        lastActivityAt: row.last_activity_at,
        completedAt: row.completed_at,
        course: {
          id: row.course_id,
          slug: row.slug,
          title: row.title,
          language: row.language,
          instructorName: row.instructor_name,
          lessonCount: row.lesson_count,
          durationSeconds: row.duration_seconds,
          archived: row.course_state === 'archived',
        },
        completedLessons: row.completed_lessons,
        totalLessons: row.lesson_count,
        percent: percentOf(row.completed_lessons, row.lesson_count, row.completed_at),
        lastLesson: row.last_lesson_id === null ? null : { id: row.last_lesson_id, title: row.last_lesson_title ?? '' },
        certificate:
          row.certificate_id === null || row.code === null
            ? null
            : {
                id: row.certificate_id,
                code: formatVerificationCode(row.code),
                verificationUrl: `${deps.publicUrl}/certificates/${formatVerificationCode(row.code)}`,
                revoked: row.revoked_at !== null,
              },
      }),
    });
  };
}

function readCursor(cursor: string | undefined): [time: string | null, id: string | null] {
  const key = decodeCursor(cursor, 2);
  if (!key) return [null, null];
  const [time, id] = key.map(String);
  if (time && isTime(time) && id && uuid.test(id)) return [time, id];
  throw kernelErrors.validation_failed({
    errors: [{ pointer: '/cursor', code: 'invalid', message: 'not a cursor of this list' }],
  });
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const timestamp = /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/;

/** True for a time that exists; JavaScript alone would take the 31st of February for the 3rd of March. */
function isTime(text: string): boolean {
  const at = timestamp.test(text) ? new Date(text) : new Date(Number.NaN);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 19) === text.slice(0, 19);
}
