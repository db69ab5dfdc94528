import {
  AssessmentService,
  CoursesService,
  EnrollmentService,
  MarketService,
  MediaService,
  MediaUseService,
  PersonalDataService,
  UserUpdated,
} from '@stoa/contracts';
import { defineContext, Id, loadConfig, on, onJob, onSchedule, personalData, served } from '@stoa/kernel';
import { z } from 'zod';
import { bundleRoutes } from './bundle-routes.ts';
import { errors } from './errors.ts';
import { findCourseById, findLesson, listOutline } from './find-course.ts';
import { findUsedFiles } from './find-used-files.ts';
import { followWishers } from './follow-wishers.ts';
import { forgetInstructor } from './forget-instructor.ts';
import { membershipRoutes } from './membership-routes.ts';
import { offerMembership } from './offer-membership.ts';
import { personalSections } from './personal-data.ts';
import { courseFacts, outlineLesson } from './publish-course.ts';
import { importFolder, RunImport } from './queue-import.ts';
import { renameInstructor } from './rename-instructor.ts';
import { RetireProblems, retireProblems } from './retire-problems.ts';
import { courseRoutes } from './routes.ts';
import { runImport } from './run-import.ts';
import { sellCourses } from './sell-courses.ts';
import { showImport } from './show-import.ts';
import { sweepImports } from './sweep-imports.ts';

const Settings = z.object({
  /** Bytes of an uploaded course; default 2 GiB. */
  STOA_IMPORT_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31)
    .default(2 ** 31),
  /** Bytes of a file that is sent for a lesson; default 2 GiB, which is also what media takes unless told otherwise. */
  STOA_COURSE_FILE_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31)
    .default(2 ** 31),
  /** Seconds that unpacking and reading a course may take. */
  STOA_IMPORT_MAX_SECONDS: z.coerce.number().min(0.01).max(3000).default(300),
  /** Megabytes of memory that reading a course may take. */
  STOA_IMPORT_MAX_MEMORY_MB: z.coerce.number().int().min(8).max(65_536).default(1024),
  /**
   * Days in which somebody who bought a course may ask for the money back. 14 is what EU Directive 2011/83 art. 9 grants
   * for distance contracts, and more than the 7 of Brazil's Código de Defesa do Consumidor art. 49.
   */
  STOA_COURSE_REFUND_DAYS: z.coerce.number().int().min(0).max(365).default(14),
});

/** Courses, modules, lessons, the catalogue, and everything that comes in from other systems. */
export const courses = defineContext({
  name: 'courses',
  migrations: new URL('../migrations/', import.meta.url),
  extensions: ['pg_trgm'],
  calls: { enrollment: EnrollmentService, media: MediaService, assessment: AssessmentService },
  plugs: [
    { contract: MarketService, kinds: ['course', 'bundle', 'plan'] },
    { contract: PersonalDataService, kinds: ['courses'] },
    { contract: MediaUseService, kinds: ['courses'] },
  ],
  serves: CoursesService,
  settings: [Settings],
  create: (deps) => {
    const settings = loadConfig(Settings, deps.settings);
    const limits = { seconds: settings.STOA_IMPORT_MAX_SECONDS, memoryMb: settings.STOA_IMPORT_MAX_MEMORY_MB };
    const startFolder = importFolder(deps);
    const show = showImport(deps);
    const run = runImport({ ...deps, limits });
    const rename = renameInstructor(deps);
    const retire = retireProblems(deps);
    return {
      plugs: [
        sellCourses({ ...deps, refundDays: settings.STOA_COURSE_REFUND_DAYS }),
        personalData(deps, personalSections),
        served(MediaUseService, { findUsedAssets: findUsedFiles(deps) }),
      ],
      api: {
        getOutline: async ({ courseId }) => {
          const course = isId(courseId) ? await deps.db.row(findCourseById, [courseId]) : undefined;
          if (!course) throw errors.course_not_found();
          const lessons = await deps.db.rows(listOutline, [courseId, course.language]);
          return { course: courseFacts(course), lessons: lessons.map(outlineLesson) };
        },
        getLesson: async ({ lessonId }) => {
          const lesson = isId(lessonId) ? await deps.db.row(findLesson, [lessonId]) : undefined;
          const course = lesson && (await deps.db.row(findCourseById, [lesson.course_id]));
          if (!lesson || course?.state !== 'published') throw errors.lesson_not_found();
          return { courseId: lesson.course_id, lesson: outlineLesson(lesson) };
        },
        offerMembership: offerMembership(deps),
        importFolder: async (input, ctx) => ({ importId: (await startFolder(input, ctx)).id }),
        getImport: async ({ importId }, ctx) => {
          if (!isId(importId)) throw errors.import_not_found();
          const found = await show(importId, ctx);
          return { state: found.state, courseId: found.courseId ?? '', importJson: JSON.stringify(found) };
        },
      },
      routes: [
        ...courseRoutes({
          ...deps,
          maxUploadBytes: settings.STOA_IMPORT_MAX_BYTES,
          maxFileBytes: settings.STOA_COURSE_FILE_MAX_BYTES,
        }),
        ...bundleRoutes(deps),
        ...membershipRoutes(deps),
      ],
      on: [
        on(UserUpdated, (event, tx, ctx) => rename(tx, event.data, ctx)),
        ...followWishers({ forgetInstructor: forgetInstructor(deps) }),
      ],
      jobs: [
        onJob(RunImport, ({ importId }, ctx) => run(importId, ctx)),
        onJob(RetireProblems, retire),
        onSchedule('sweep-imports', '41 * * * *', sweepImports(deps)),
      ],
    };
  },
});

/** Siblings may ask for anything; what is no id is nothing's. */
function isId(text: string): boolean {
  return Id.safeParse(text).success;
}
