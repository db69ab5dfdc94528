import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { CourseArchived, CoursePublished, LessonPassed, UserCreated, UserDeleted, UserUpdated } from '@stoa/contracts';
import { type EventType, emit, serviceCtx, systemIds } from '@stoa/kernel';
import { type Person, startTestPlatform, type TestPlatform } from '@stoa/kernel/testing';
import { enrollment } from '../src/index.ts';
import { siblings } from './siblings.ts';

export type TestLesson = {
  id: string;
  title: string;
  completion: string;
  durationSeconds?: number;
  mediaSeconds?: number;
};
export type TestCourse = { id: string; version: number; lessons: TestLesson[] };

type Emission<E extends EventType> = Parameters<typeof emit<E['data']>>[3]['data'];

/** Enrollment beside stand-ins for the contexts it listens to, and the things that happen in those. */
export async function startWorld(options: Parameters<typeof startTestPlatform>[1] = {}) {
  const platform = await startTestPlatform([enrollment, ...siblings], options);
  const happen = async <E extends EventType>(event: E, aggregate: string, data: Emission<E>) => {
    const db = platform.host.database(event.context);
    await db.transaction((tx) => emit(tx, serviceCtx('test'), systemIds, { event, aggregate, data }));
    await platform.host.settle();
  };
  const lesson = (title: string, completion = 'viewed', durationSeconds = 60, mediaSeconds = 0): TestLesson => ({
    id: systemIds.id(),
    title,
    completion,
    durationSeconds,
    mediaSeconds,
  });
  type CourseOptions = { price?: number; instructor?: Person; title?: string; titles?: Record<string, string> };
  const factsOf = (course: TestCourse, { price, instructor, title, titles }: CourseOptions) => ({
    course: {
      id: course.id,
      slug: 'a-course',
      title: title ?? 'A course',
      titles: titles ?? {},
      language: 'en',
      instructorId: instructor?.id ?? 'nobody',
      instructorName: instructor?.name ?? 'Nobody',
      version: course.version,
      durationSeconds: 600,
      ...(price ? { price: { amount: BigInt(price), currency: 'BRL' } } : {}),
    },
    lessons: course.lessons.map((given) => ({ ...given, kind: 'text', moduleId: 'm' })),
  });
  const publish = async (course: TestCourse, more: CourseOptions = {}) => {
    const { course: facts, lessons } = factsOf(course, more);
    await happen(CoursePublished, course.id, { course: { ...facts, state: 'published' }, lessons });
    return course;
  };
  const archive = async (course: TestCourse, more: CourseOptions = {}) => {
    const { course: facts, lessons } = factsOf({ ...course, version: course.version + 1 }, more);
    await happen(CourseArchived, course.id, { courseId: course.id, course: { ...facts, state: 'archived' }, lessons });
  };
  return {
    platform,
    happen,
    lesson,
    publish,
    course: (lessons: TestLesson[], more: CourseOptions = {}) =>
      publish({ id: systemIds.id(), version: 1, lessons }, more),
    /** Takes a course out of the catalogue, or tells how one that is out of it has changed. */
    archive,
    pass: (who: Person, course: TestCourse, of: TestLesson) =>
      happen(LessonPassed, who.id, { userId: who.id, courseId: course.id, lessonId: of.id }),
    register: (who: Person, name: string, locale: string, timeZone: string) =>
      happen(UserCreated, who.id, { userId: who.id, name, locale, timeZone }),
    rename: (who: Person, name: string, locale: string, timeZone: string) =>
      happen(UserUpdated, who.id, { userId: who.id, name, locale, timeZone }),
    erase: (who: Person) => happen(UserDeleted, who.id, { userId: who.id }),
    enroll: (who: Person, course: TestCourse, headers: Record<string, string> = {}) =>
      platform.call('POST', `/api/courses/${course.id}/enrollments`, { as: who, headers }),
    progress: (who: Person, of: TestLesson, body: object) =>
      platform.call('POST', `/api/progress/lessons/${of.id}`, { as: who, body }),
    checkInvariants: () => checkInvariants(platform),
  };
}

/** Events enrollment has emitted about a person's enrollments, oldest first. */
export async function eventsOf(platform: TestPlatform, who: Person): Promise<{ type: string; data: EventData }[]> {
  const { rows } = await platform.host
    .database('enrollment')
    .pool.query("select type, data from outbox where data ->> 'userId' = $1 order by seq", [who.id]);
  return rows;
}
export type EventData = Record<string, string>;

/** Runs every query of invariants.sql; a row in any of them fails the test. */
export async function checkInvariants(platform: TestPlatform): Promise<void> {
  const sql = await readFile(new URL('../invariants.sql', import.meta.url), 'utf8');
  const queries = sql
    .replace(/--.*$/gm, '')
    .split(';')
    .filter((query) => query.trim() !== '');
  assert.ok(queries.length >= 8);
  for (const query of queries) {
    const { rows } = await platform.host.database('enrollment').pool.query(query);
    assert.deepEqual(rows, []);
  }
}
