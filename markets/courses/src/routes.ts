import type { EnrollmentService, MediaService } from '@stoa/contracts';
import { Document } from '@stoa/contracts/document';
import {
  allow,
  type Client,
  type Deps,
  defineRoute,
  Id,
  IdParams,
  MoneySchema,
  Page,
  PageQuery,
  type Route,
  requireUser,
  statement,
  Timestamp,
} from '@stoa/kernel';
import { z } from 'zod';
import { seeCourse } from './find-course.ts';
import { listCourses, listOwnCourses } from './list-courses.ts';
import { openLesson } from './open-lesson.ts';
import { archiveCourse, publishCourse } from './publish-course.ts';
import { listOwnImports, showImport, uploadImport } from './request-import.ts';
import { showCourse } from './show-course.ts';
import { showOutline } from './show-outline.ts';
import { changeCourse, createCourse } from './write-course.ts';
import { addLesson, changeLesson, removeLesson } from './write-lesson.ts';

const Level = z.enum(['all', 'beginner', 'intermediate', 'advanced']);
const Kind = z.enum(['text', 'video', 'audio', 'file', 'embed', 'quiz', 'link']);
const Completion = z.enum(['viewed', 'watched', 'passed']);
const Language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
  .max(35);
const Slug = z
  .string()
  .regex(/^[\p{Ll}\p{N}]+(-[\p{Ll}\p{N}]+)*$/u)
  .max(80);

const ListedCourse = z.strictObject({
  id: Id,
  slug: z.string(),
  title: z.string(),
  summary: z.string(),
  language: z.string(),
  languages: z.array(z.string()),
  level: Level,
  category: z.string().nullable(),
  price: MoneySchema.nullable(),
  instructors: z.array(z.strictObject({ id: Id, name: z.string() })),
  lessonCount: z.int(),
  durationSeconds: z.int(),
  coverUrl: z.string().nullable(),
  rating: z.number().nullable(),
  state: z.enum(['draft', 'published', 'archived']),
});
const Course = ListedCourse.extend({
  shownIn: z.string(),
  description: Document,
  outcomes: z.array(z.string()),
  version: z.int(),
  publishedAt: Timestamp.nullable(),
  updatedAt: Timestamp,
});
const Progress = z.strictObject({ state: z.string(), positionSeconds: z.int() }).nullable();
const OutlineLesson = z.strictObject({
  id: Id,
  title: z.string(),
  path: z.array(z.string()),
  kind: Kind,
  durationSeconds: z.int(),
  completion: Completion,
  graded: z.boolean(),
  preview: z.boolean(),
  locked: z.boolean(),
  lockedBy: z.strictObject({ rule: z.string(), message: z.string(), until: Timestamp.nullable() }).nullable(),
  progress: Progress,
});
const Outline = z.strictObject({
  courseId: Id,
  slug: z.string(),
  version: z.int(),
  language: z.string(),
  enrolled: z.boolean(),
  lastLessonId: z.string().nullable(),
  completedAt: Timestamp.nullable(),
  certificateId: z.string().nullable(),
  modules: z.array(z.strictObject({ id: Id, title: z.string(), lessons: z.array(OutlineLesson) })),
});
const Neighbour = z.strictObject({ id: Id, title: z.string() }).nullable();
const Lesson = z.strictObject({
  id: Id,
  courseId: Id,
  courseSlug: z.string(),
  moduleId: Id,
  moduleTitle: z.string(),
  title: z.string(),
  path: z.array(z.string()),
  kind: Kind,
  durationSeconds: z.int(),
  completion: Completion,
  graded: z.boolean(),
  preview: z.boolean(),
  language: z.string(),
  languages: z.array(z.string()),
  version: z.int(),
  content: Document,
  assets: z.record(
    z.string(),
    z.strictObject({ url: z.string(), contentType: z.string(), fileName: z.string(), bytes: z.number() }),
  ),
  previous: Neighbour,
  next: Neighbour,
  progress: Progress,
});
const Import = z.strictObject({
  id: Id,
  format: z.string().nullable(),
  sourceName: z.string(),
  state: z.enum(['queued', 'running', 'succeeded', 'failed']),
  stage: z.string(),
  progress: z.strictObject({ done: z.int(), total: z.int() }),
  summary: z
    .strictObject({ total: z.int(), imported: z.int(), converted: z.int(), raw: z.int(), failed: z.int() })
    .nullable(),
  courseId: z.string().nullable(),
  courseSlug: z.string().nullable(),
  error: z.strictObject({ code: z.string(), detail: z.string() }).nullable(),
  createdAt: Timestamp,
  finishedAt: Timestamp.nullable(),
});
const ReportLine = z.strictObject({
  source: z.string(),
  type: z.string(),
  outcome: z.enum(['imported', 'converted', 'raw', 'failed']),
  note: z.string(),
  lessonId: z.string().nullable(),
});
const courseFields = {
  slug: Slug.optional(),
  summary: z.string().max(500).optional(),
  description: Document.optional(),
  level: Level.optional(),
  category: z.string().max(50).nullable().optional(),
  outcomes: z.array(z.string().min(1).max(300)).max(20).optional(),
  price: z
    .strictObject({ amount: z.int().min(1).max(100_000_000), currency: z.string().regex(/^[A-Z]{3}$/) })
    .nullable()
    .optional(),
};
const lessonFields = {
  kind: Kind.optional(),
  durationSeconds: z.int().min(0).max(1_000_000).optional(),
  content: z.unknown().optional(),
  completion: Completion.optional(),
  preview: z.boolean().optional(),
};
const CourseParams = z.strictObject({ id: z.string().min(1).max(120) });

const listCategories = statement<[], { slug: string; names: Record<string, string> }>(
  'courses.list_categories',
  'select slug, names from categories order by position',
);

type Own = Deps & { calls: { enrollment: Client<typeof EnrollmentService>; media: Client<typeof MediaService> } };

/** If-Match carries the version the person edited: `"7"`. */
function versionOf(header: string | string[] | undefined): number | undefined {
  const match = /^"?(\d+)"?$/.exec(String(header ?? ''));
  return match ? Number(match[1]) : undefined;
}

/** The HTTP surface of courses, lessons and imports. */
export function courseRoutes(own: Own): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/api/categories',
      summary: 'Categories of courses',
      policy: allow.anyone(),
      publicCacheSeconds: 300,
      response: z.strictObject({ items: z.array(z.strictObject({ slug: z.string(), name: z.string() })) }),
      handler: async ({ ctx }) => ({
        items: (await own.db.rows(listCategories, [])).map((row) => ({
          slug: row.slug,
          name: row.names[ctx.locale] ?? row.slug,
        })),
      }),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/courses',
      summary: 'The catalogue: published courses, newest first',
      policy: allow.anyone(),
      query: z.strictObject({
        ...PageQuery,
        q: z.string().max(200).optional(),
        category: z.string().max(50).optional(),
        level: Level.optional(),
        language: Language.optional(),
        price: z.enum(['free', 'paid']).optional(),
      }),
      response: Page(ListedCourse),
      publicCacheSeconds: 10,
      handler: ({ query, ctx }) => listCourses(own)(query, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/courses/mine',
      summary: 'Courses the person teaches, in every state',
      policy: allow.role('instructor'),
      query: z.strictObject(PageQuery),
      response: Page(ListedCourse),
      handler: ({ query, ctx }) => listOwnCourses(own)(query, requireUser(ctx).userId, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/courses',
      summary: 'Start a course as a draft',
      policy: allow.role('instructor'),
      idempotency: 'key',
      status: 201,
      body: z.strictObject({ ...courseFields, title: z.string().min(1).max(200), language: Language }),
      response: Course,
      errors: ['course_slug_taken', 'category_not_found'],
      examples: { body: { title: 'Read an electricity bill', language: 'en', summary: 'Know what you pay for.' } },
      handler: ({ body, ctx }) => createCourse(own)(body, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/courses/:id',
      summary: 'A course, by id or slug',
      policy: allow.anyone(),
      params: CourseParams,
      response: Course,
      publicCacheSeconds: 10,
      errors: ['course_not_found'],
      handler: async ({ params, ctx }) => showCourse(await seeCourse(own.db, params.id, ctx), ctx.locale),
    }),
    defineRoute({
      method: 'PATCH',
      url: '/api/courses/:id',
      summary: 'Change a course',
      description: 'With `If-Match: "<version>"` it refuses when someone else changed the course meanwhile.',
      policy: allow.role('instructor'),
      idempotency: 'natural',
      params: IdParams,
      body: z.strictObject({
        ...courseFields,
        title: z.string().min(1).max(200).optional(),
        language: Language.optional(),
      }),
      response: Course,
      errors: ['course_not_found', 'edit_conflict', 'course_slug_taken', 'category_not_found'],
      handler: ({ params, body, ctx, request }) =>
        changeCourse(own)(params.id, { ...body, version: versionOf(request.headers['if-match']) }, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/courses/:id/publish',
      summary: 'Put a course into the catalogue',
      policy: allow.role('instructor'),
      idempotency: 'natural',
      params: IdParams,
      response: Course,
      errors: ['course_not_found', 'course_not_ready'],
      handler: async ({ params, ctx }) => {
        await publishCourse(own)(params.id, ctx);
        return showCourse(await seeCourse(own.db, params.id, ctx), ctx.locale);
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/api/courses/:id/archive',
      summary: 'Take a course out of the catalogue',
      policy: allow.role('instructor'),
      idempotency: 'natural',
      params: IdParams,
      response: Course,
      errors: ['course_not_found'],
      handler: async ({ params, ctx }) => {
        await archiveCourse(own)(params.id, ctx);
        return showCourse(await seeCourse(own.db, params.id, ctx), ctx.locale);
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/api/courses/:id/lessons',
      summary: 'The outline in order, with what is locked and why',
      policy: allow.anyone(),
      params: CourseParams,
      response: Outline,
      etag: true,
      errors: ['course_not_found'],
      handler: ({ params, ctx }) => showOutline(own)(params.id, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/courses/:id/lessons',
      summary: 'Add a lesson at the end of a module',
      policy: allow.role('instructor'),
      idempotency: 'key',
      status: 201,
      params: IdParams,
      body: z.strictObject({ ...lessonFields, title: z.string().min(1).max(300), module: z.string().min(1).max(300) }),
      response: Lesson,
      bodyLimit: 4 * 1024 * 1024,
      errors: ['course_not_found', 'invalid_document'],
      handler: async ({ params, body, ctx }) => openLesson(own)((await addLesson(own)(params.id, body, ctx)).id, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/lessons/:id',
      summary: 'A lesson with its content and the addresses of its files',
      policy: allow.anyone(),
      params: IdParams,
      response: Lesson,
      etag: true,
      errors: ['lesson_not_found', 'lesson_locked'],
      handler: ({ params, ctx }) => openLesson(own)(params.id, ctx),
    }),
    defineRoute({
      method: 'PATCH',
      url: '/api/lessons/:id',
      summary: 'Change a lesson',
      description: 'With `If-Match: "<version>"` it refuses when someone else changed the lesson meanwhile.',
      policy: allow.role('instructor'),
      idempotency: 'natural',
      params: IdParams,
      body: z.strictObject({ ...lessonFields, title: z.string().min(1).max(300).optional() }),
      response: Lesson,
      bodyLimit: 4 * 1024 * 1024,
      errors: ['lesson_not_found', 'edit_conflict', 'invalid_document'],
      handler: async ({ params, body, ctx, request }) => {
        await changeLesson(own)(params.id, { ...body, version: versionOf(request.headers['if-match']) }, ctx);
        return openLesson(own)(params.id, ctx);
      },
    }),
    defineRoute({
      method: 'DELETE',
      url: '/api/lessons/:id',
      summary: 'Remove a lesson from its course',
      policy: allow.role('instructor'),
      idempotency: 'natural',
      params: IdParams,
      errors: ['lesson_not_found'],
      handler: async ({ params, ctx }) => {
        await removeLesson(own)(params.id, ctx);
        return undefined;
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/api/courses/imports',
      summary: 'Import a course from an archive (tar.gz or zip)',
      description: 'Multipart with one file. The format (olx or markdown) is recognized unless the query names it.',
      policy: allow.role('instructor'),
      // A second upload of the same source updates the same course: repeating does no harm.
      idempotency: 'natural',
      status: 202,
      streamedBody: 'multipart/form-data',
      bodyLimit: 2 * 1024 * 1024 * 1024,
      query: z.strictObject({ format: z.enum(['olx', 'markdown']).optional() }),
      response: z.strictObject({ id: Id, state: z.literal('queued') }),
      errors: ['import_file_missing', 'payload_too_large', 'unsupported_media_type'],
      handler: async ({ query, ctx, request, reply }) => {
        const queued = await uploadImport(own)(request, query.format, ctx);
        reply.header('location', `/api/courses/imports/${queued.id}`);
        return queued;
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/api/courses/imports',
      summary: "The person's imports, newest first",
      policy: allow.role('instructor'),
      query: z.strictObject(PageQuery),
      response: Page(Import),
      handler: ({ query, ctx }) => listOwnImports(own)(query, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/courses/imports/:id',
      summary: 'How an import is going, and its loss report',
      policy: allow.role('instructor'),
      params: IdParams,
      response: Import.extend({ items: z.array(ReportLine) }),
      errors: ['import_not_found'],
      handler: ({ params, ctx }) => showImport(own)(params.id, ctx),
    }),
  ];
}
