import type { EnrollmentService } from '@stoa/contracts';
import { type Ctx, type Deps, hasRole, type Implementation, kernelErrors, requireUser, statement } from '@stoa/kernel';
import { toTimestamp } from './enroll.ts';
import { errors } from './errors.ts';
import { percentOf } from './record-progress.ts';

type LessonJson = { id: string; state: string; position: number; watched: number; completedAt: string | null };
type CourseProgressRow = {
  enrollment_id: string;
  reason: string;
  last_lesson_id: string | null;
  completed_lessons: number;
  lesson_count: number;
  completed_at: string | null;
  certificate_id: string | null;
  lessons: LessonJson[];
};
const courseProgress = statement<[userId: string, courseId: string], CourseProgressRow>(
  'enrollment.course_progress',
  `select e.id as enrollment_id, e.reason, e.last_lesson_id, e.completed_lessons, c.lesson_count, e.completed_at, e.certificate_id,
     coalesce((
       select jsonb_agg(jsonb_build_object('id', p.lesson_id, 'state', p.state, 'position', coalesce(p.position_seconds, 0),
         'watched', p.watched_seconds, 'completedAt', p.completed_at) order by l.place)
       from lesson_progress p join lessons l on l.id = p.lesson_id and l.removed_version is null
       where p.enrollment_id = e.id
     ), '[]') as lessons
   from enrollments e join courses c on c.id = e.course_id
   where e.user_id = $1 and e.course_id = $2 and e.state = 'active'`,
);

/**
 * How far a person is in a course, lesson by lesson; lessons never opened are absent.
 * @throws not_signed_in, not_enrolled
 */
export function showProgress(deps: Pick<Deps, 'db'>) {
  return async ({ courseId }: { courseId: string }, ctx: Ctx) => {
    const { userId } = requireUser(ctx);
    const row = await deps.db.row(courseProgress, [userId, courseId]);
    if (!row) throw errors.not_enrolled();
    return {
      courseId,
      enrollmentId: row.enrollment_id,
      completedLessons: row.completed_lessons,
      totalLessons: row.lesson_count,
      percent: percentOf(row.completed_lessons, row.lesson_count, row.completed_at),
      completedAt: row.completed_at,
      certificateId: row.certificate_id,
      lastLessonId: row.last_lesson_id,
      lessons: row.lessons.map((lesson) => ({
        id: lesson.id,
        state: lesson.state === 'completed' ? ('completed' as const) : ('viewed' as const),
        positionSeconds: lesson.position,
        watchedSeconds: lesson.watched,
        completedAt: lesson.completedAt === null ? null : toTimestamp(lesson.completedAt),
      })),
    };
  };
}

/**
 * The question siblings ask: may this person study this course, and how far are they? One statement.
 * @throws not_allowed to people who ask about someone else
 */
export function getAccess(deps: Pick<Deps, 'db'>): Implementation<typeof EnrollmentService>['getAccess'] {
  return async ({ userId, courseId }, ctx) => {
    const own = ctx.actor.kind === 'user' && ctx.actor.userId === userId;
    if (!own && !hasRole(ctx, 'admin')) throw kernelErrors.not_allowed();
    if (!uuid.test(userId) || !uuid.test(courseId)) return { enrolled: false };
    const row = await deps.db.row(courseProgress, [userId, courseId]);
    if (!row) return { enrolled: false };
    return {
      enrolled: true,
      enrollmentId: row.enrollment_id,
      reason: row.reason,
      lessons: row.lessons.map(({ id, state, position }) => ({ lessonId: id, state, positionSeconds: position })),
      completedAt: row.completed_at ?? '',
      certificateId: row.certificate_id ?? '',
      lastLessonId: row.last_lesson_id ?? '',
    };
  };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
