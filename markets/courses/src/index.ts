import { AssessmentService, CoursesService, EnrollmentService, MediaService, UserUpdated } from '@stoa/contracts';
import { type Ctx, defineContext, on, onJob, statement } from '@stoa/kernel';
import { errors } from './errors.ts';
import { findCourseById, findLesson, listOutline } from './find-course.ts';
import { courseFacts, outlineLesson } from './publish-course.ts';
import { importFolder, RunImport, showImport } from './request-import.ts';
import { courseRoutes } from './routes.ts';
import { runImport } from './run-import.ts';

const renameInstructor = statement<[id: string, name: string], never>(
  'courses.rename_instructor',
  'update courses set instructor_name = $2 where instructor_id = $1 and instructor_name <> $2',
);

/** Courses, modules, lessons, the catalogue, and everything that comes in from other systems. */
export const courses = defineContext({
  name: 'courses',
  migrations: new URL('../migrations/', import.meta.url),
  extensions: ['pg_trgm'],
  calls: { enrollment: EnrollmentService, media: MediaService, assessment: AssessmentService },
  serves: CoursesService,
  create: (deps) => {
    const startFolder = importFolder(deps);
    const show = showImport(deps);
    const run = runImport(deps);
    return {
      api: {
        getOutline: async ({ courseId }) => {
          const course = await deps.db.row(findCourseById, [courseId]);
          if (!course) throw errors.course_not_found();
          const lessons = await deps.db.rows(listOutline, [courseId, course.language]);
          return { course: courseFacts(course), lessons: lessons.map(outlineLesson) };
        },
        getLesson: async ({ lessonId }, ctx: Ctx) => {
          const lesson = await deps.db.row(findLesson, [lessonId, ctx.locale]);
          const course = lesson && (await deps.db.row(findCourseById, [lesson.course_id]));
          if (!lesson || course?.state !== 'published') throw errors.lesson_not_found();
          return { courseId: lesson.course_id, lesson: outlineLesson(lesson) };
        },
        importFolder: async (input, ctx) => ({ importId: (await startFolder(input, ctx)).id }),
        getImport: async ({ importId }, ctx) => {
          const found = await show(importId, ctx);
          return { state: found.state, courseId: found.courseId ?? '', importJson: JSON.stringify(found) };
        },
      },
      routes: courseRoutes(deps),
      on: [
        on(UserUpdated, async (event, tx) => {
          await tx.run(renameInstructor, [event.data.userId, event.data.name]);
        }),
      ],
      jobs: [onJob(RunImport, ({ importId }, ctx) => run(importId, ctx))],
    };
  },
});
