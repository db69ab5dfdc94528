import { type Ctx, type Deps, kernelErrors, requireUser, statement } from '@stoa/kernel';
import { completeLesson } from './complete-lesson.ts';
import { errors } from './errors.ts';
import type { Heartbeat, ProgressRow } from './save-heartbeats.ts';
import { toMultirange, watchedShare } from './watched-ranges.ts';

export type RecordProgressInput = {
  lessonId: string;
  state: 'viewed' | 'completed';
  positionSeconds?: number | undefined;
  watched?: readonly (readonly number[])[] | undefined;
  mediaSeconds?: number | undefined;
};

type LessonRow = { completion: string; enrolled: boolean; state: string | null };
const findLesson = statement<[userId: string, lessonId: string], LessonRow>(
  'enrollment.find_lesson',
  `select l.completion, e.id is not null as enrolled, p.state
   from lessons l
   left join enrollments e on e.course_id = l.course_id and e.user_id = $1 and e.state = 'active'
   left join lesson_progress p on p.enrollment_id = e.id and p.lesson_id = l.id
   where l.id = $2 and l.removed_version is null`,
);

/**
 * Records how far a person is in a lesson. `viewed` moves the resume position and adds what was watched; `completed` is
 * the learner's word and counts for every lesson but those completed by passing problems. Watching 90 % of the media of
 * a `watched` lesson completes it. Nothing ever goes back: a completed lesson stays completed.
 * @throws not_signed_in, not_found, not_enrolled, lesson_requires_passing
 */
export function recordProgress(
  deps: Pick<Deps, 'db' | 'ids'> & { saveHeartbeat: (heartbeat: Heartbeat) => Promise<ProgressRow | undefined> },
) {
  return async (input: RecordProgressInput, ctx: Ctx) => {
    const { userId } = requireUser(ctx);
    // As the database writes it, by which its answers are found.
    const lessonId = input.lessonId.toLowerCase();
    if (input.state === 'completed') await checkCompletable(deps, { userId, lessonId });
    const heartbeat = {
      userId,
      lessonId,
      positionSeconds: input.positionSeconds === undefined ? null : Math.floor(input.positionSeconds),
      watched: toMultirange(input.watched ?? []),
    };
    const row = await deps.saveHeartbeat(heartbeat);
    if (!row) throw await whyNot(deps, { userId, lessonId });
    if (row.state === 'completed') return toProgress(row);
    if (input.state !== 'completed' && !isWatched(row, input.mediaSeconds)) return toProgress(row);
    await deps.db.transaction((tx) => completeLesson(tx, deps, { userId, lessonId }, ctx));
    const after = await deps.saveHeartbeat({ ...heartbeat, watched: '{}' });
    if (!after) throw errors.not_enrolled();
    return toProgress(after);
  };
}

type Who = { userId: string; lessonId: string };

/** Before anything is written: a refusal must not leave half of the report behind. */
async function checkCompletable(deps: Pick<Deps, 'db'>, who: Who): Promise<void> {
  const lesson = await deps.db.row(findLesson, [who.userId, who.lessonId]);
  if (!lesson?.enrolled) throw lesson ? errors.not_enrolled() : kernelErrors.not_found();
  if (lesson.completion === 'passed' && lesson.state !== 'completed') throw errors.lesson_requires_passing();
}

async function whyNot(deps: Pick<Deps, 'db'>, who: Who): Promise<Error> {
  return (await deps.db.row(findLesson, [who.userId, who.lessonId])) ? errors.not_enrolled() : kernelErrors.not_found();
}

/**
 * Whether enough of a lesson's video and audio was seen. Their length is what the course says or what the player read in
 * the file, whichever is shorter: a course may say too much, and the player's word counts for its own learner only, who
 * may call the lesson completed anyway. When neither is known it is the study time of the whole lesson.
 */
function isWatched(row: ProgressRow, played: number | undefined): boolean {
  if (row.completion !== 'watched') return false;
  const lengths = [row.media_seconds, played ?? 0].filter((seconds) => seconds > 0);
  const length = lengths.length > 0 ? Math.min(...lengths) : row.duration_seconds;
  return length > 0 && row.watched_seconds >= length * watchedShare;
}

function toProgress(row: ProgressRow) {
  return {
    lesson: {
      id: row.lesson_id,
      state: row.state,
      positionSeconds: row.position_seconds,
      watchedSeconds: row.watched_seconds,
      completedAt: row.completed_at,
    },
    course: {
      completedLessons: row.completed_lessons,
      totalLessons: row.lesson_count,
      percent: percentOf(row.completed_lessons, row.lesson_count, row.course_completed_at),
      completedAt: row.course_completed_at,
      certificateId: row.certificate_id,
    },
  };
}

/** Whole per cent of a course, rounded down so that 100 means everything; a completed course stays at 100. */
export function percentOf(completed: number, total: number, completedAt: string | null): number {
  if (completedAt !== null) return 100;
  return total === 0 ? 0 : Math.floor((100 * completed) / total);
}
