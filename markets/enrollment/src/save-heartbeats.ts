import { crashPoint, type Database, errorCode, statement } from '@stoa/kernel';

/** What a player says every few seconds. `watched` is a multirange as PostgreSQL writes it. */
export type Heartbeat = { userId: string; lessonId: string; positionSeconds: number | null; watched: string };

/** A lesson and its course after a heartbeat. */
export type ProgressRow = {
  user_id: string;
  lesson_id: string;
  state: 'viewed' | 'completed';
  position_seconds: number;
  watched_seconds: number;
  completed_at: string | null;
  completion: 'viewed' | 'watched' | 'passed';
  duration_seconds: number;
  media_seconds: number;
  completed_lessons: number;
  lesson_count: number;
  course_completed_at: string | null;
  certificate_id: string | null;
};

/**
 * More pieces than anybody leaves between what they watch: some seven thousand. Every report writes all of them again, so whoever
 * sends only crumbs must not make that ever dearer for everyone.
 */
const isFull = 'pg_column_size(p.watched) > 65536';
const saveProgress = statement<
  [userIds: string[], lessonIds: string[], positions: (number | null)[], watched: string[]],
  ProgressRow
>(
  'enrollment.save_progress',
  // One statement for any number of people. Rows are locked in the order given, which callers sort; the enrollment before
  // its lessons, as completing one does: the other way round they would wait for each other.
  `with given as (
     select given.*, l.course_id, l.completion, l.duration_seconds, l.media_seconds, c.lesson_count, e.id as enrollment_id,
       e.completed_lessons, e.completed_at as course_completed_at, e.certificate_id, e.last_lesson_id, e.last_activity_at
     from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[]) with ordinality
       as given (user_id, lesson_id, position_seconds, watched, place)
     join lessons l on l.id = given.lesson_id and l.removed_version is null
     join courses c on c.id = l.course_id
     join enrollments e on e.user_id = given.user_id and e.course_id = l.course_id and e.state = 'active'
     order by given.place for no key update of e
   ),
   saved as (
     insert into lesson_progress as p (enrollment_id, lesson_id, position_seconds, watched, watched_seconds)
     select enrollment_id, lesson_id, position_seconds, watched::int4multirange,
       seconds_in(watched::int4multirange)
     from given order by place
     on conflict (enrollment_id, lesson_id) do update set
       position_seconds = coalesce(excluded.position_seconds, p.position_seconds),
       watched = case when ${isFull} then p.watched else p.watched + excluded.watched end,
       watched_seconds = case when ${isFull} or p.watched @> excluded.watched then p.watched_seconds
         else seconds_in(p.watched + excluded.watched) end,
       updated_at = now()
     returning enrollment_id, lesson_id, state, coalesce(position_seconds, 0) as position_seconds, watched_seconds, completed_at
   ),
   touched as (
     -- At most once a minute per person, or when they turn to another lesson.
     update enrollments e set last_lesson_id = given.lesson_id, last_activity_at = now()
     from given
     where e.id = given.enrollment_id
       and (given.last_lesson_id is distinct from given.lesson_id or given.last_activity_at < now() - interval '1 minute')
   )
   select given.user_id, saved.lesson_id, saved.state, saved.position_seconds, saved.watched_seconds,
     saved.completed_at, given.completion, given.duration_seconds, given.media_seconds, given.completed_lessons,
     given.lesson_count, given.course_completed_at, given.certificate_id
   from saved join given on given.enrollment_id = saved.enrollment_id and given.lesson_id = saved.lesson_id`,
);

const afterCommit = crashPoint('enrollment.save_progress.after_commit');

type Waiting = {
  heartbeat: Heartbeat;
  answers: { resolve: (row: ProgressRow | undefined) => void; reject: (error: unknown) => void }[];
};
const maxBatch = 200;

/**
 * Saves heartbeats of many people in one statement: those that arrive while one statement runs share the next (group
 * commit). Nobody waits when nothing runs, and each caller is answered only after its row is durable.
 * @returns the saved row, or undefined without access to the lesson
 */
export function heartbeatSaver(db: Database): (heartbeat: Heartbeat) => Promise<ProgressRow | undefined> {
  const waiting = new Map<string, Waiting>();
  let running = 0;

  const save = async (batch: readonly Waiting[]): Promise<Map<string, ProgressRow>> => {
    const heartbeats = batch.map((entry) => entry.heartbeat);
    const rows = await db.rows(saveProgress, [
      heartbeats.map((heartbeat) => heartbeat.userId),
      heartbeats.map((heartbeat) => heartbeat.lessonId),
      heartbeats.map((heartbeat) => heartbeat.positionSeconds),
      heartbeats.map((heartbeat) => heartbeat.watched),
    ]);
    return new Map(rows.map((row) => [`${row.user_id} ${row.lesson_id}`, row]));
  };

  const run = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const saved = await saveAgainOnDeadlock(() => save(batch));
      afterCommit();
      for (const { heartbeat, answers } of batch) {
        const row = saved.get(keyOf(heartbeat));
        for (const answer of answers) answer.resolve(row);
      }
    } catch (error) {
      const [only, ...others] = batch;
      if (only && others.length === 0) for (const answer of only.answers) answer.reject(error);
      // One heartbeat that cannot be saved must not fail those it happened to share a statement with.
      else for (const entry of batch) await run([entry]);
    }
  };

  const start = () => {
    while (running < 2 && waiting.size > 0) {
      const batch = [...waiting.values()].slice(0, maxBatch);
      for (const { heartbeat } of batch) waiting.delete(keyOf(heartbeat));
      batch.sort((a, b) => (keyOf(a.heartbeat) < keyOf(b.heartbeat) ? -1 : 1));
      running += 1;
      void run(batch).finally(() => {
        running -= 1;
        start();
      });
    }
  };
  let planned = false;
  const plan = () => {
    if (planned) return;
    planned = true;
    // After the requests that have already arrived have been read.
    setImmediate(() => {
      planned = false;
      start();
    });
  };

  return (heartbeat) =>
    new Promise((resolve, reject) => {
      const answer = { resolve, reject };
      const key = keyOf(heartbeat);
      const same = waiting.get(key);
      if (same) {
        same.heartbeat = merge(same.heartbeat, heartbeat);
        same.answers.push(answer);
      } else waiting.set(key, { heartbeat, answers: [answer] });
      plan();
    });
}

const keyOf = (heartbeat: Heartbeat) => `${heartbeat.userId} ${heartbeat.lessonId}`;

/** Two reports of one person about one lesson as one: a statement may touch a row only once. */
function merge(first: Heartbeat, second: Heartbeat): Heartbeat {
  const parts = [first.watched, second.watched].map((watched) => watched.slice(1, -1)).filter((part) => part !== '');
  return {
    ...second,
    positionSeconds: second.positionSeconds ?? first.positionSeconds,
    watched: `{${parts.join(',')}}`,
  };
}

/** Two processes may lock the same people's enrollments in different orders; the one PostgreSQL picks tries again. */
async function saveAgainOnDeadlock<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (errorCode(error) !== '40P01') throw error;
    return work();
  }
}
