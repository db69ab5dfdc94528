import type { EnrollmentService, MediaService } from '@stoa/contracts';
import {
  allow,
  type Client,
  type Deps,
  defineRoute,
  exampleId,
  Id,
  IdParams,
  Page,
  PageQuery,
  type Route,
  requireUser,
  statement,
} from '@stoa/kernel';
import { z } from 'zod';
import { addFileLesson } from './add-file-lesson.ts';
import { changeModule } from './change-module.ts';
import { coverCourse, uncoverCourse } from './cover-course.ts';
import {
  exampleAuthoredLesson,
  exampleContent,
  exampleCourse,
  exampleDraft,
  exampleFile,
  exampleImport,
  exampleLesson,
  exampleListedCourse,
  exampleModule,
  exampleNewCourse,
  exampleOutline,
  examplePlacedLesson,
  exampleReportLine,
  exampleWish,
} from './examples.ts';
import { seeCourse } from './find-course.ts';
import { dropLessonFile, giveLessonFile } from './give-lesson-file.ts';
import { listCourses, listOwnCourses } from './list-courses.ts';
import { moveLesson } from './move-lesson.ts';
import { openLesson } from './open-lesson.ts';
import { openLessonText } from './open-lesson-text.ts';
import { archiveCourse, publishCourse } from './publish-course.ts';
import { receiveFile } from './receive-file.ts';
import {
  Course,
  CourseParams,
  courseFields,
  Import,
  Language,
  Lesson,
  Level,
  ListedCourse,
  lessonFields,
  Outline,
  RememberedWishes,
  ReportLine,
  text,
  UploadedFile,
  Wish,
} from './shapes.ts';
import { openCourse, showCourse } from './show-course.ts';
import { listOwnImports, showImport } from './show-import.ts';
import { showOutline } from './show-outline.ts';
import { coverMaxBytes } from './store-cover.ts';
import { uploadImport } from './upload-import.ts';
import { versionOf } from './version-header.ts';
import { dropWish, keepWish, listWishes, listWishIds, mergeWishes } from './wish-list.ts';
import { changeCourse, createCourse } from './write-course.ts';
import { addLesson, changeLesson, removeLesson } from './write-lesson.ts';

const listCategories = statement<[], { slug: string; names: Record<string, string> }>(
  'courses.list_categories',
  'select slug, names from categories order by position',
);

type Own = Deps & {
  maxUploadBytes: number;
  maxFileBytes: number;
  calls: { enrollment: Client<typeof EnrollmentService>; media: Client<typeof MediaService> };
};

const CourseIdParams = z.strictObject({ courseId: Id });
const WishIds = z.strictObject({ courseIds: z.array(Id) });

/** The HTTP surface of courses, lessons and imports. */
export function courseRoutes(own: Own): Route[] {
  // Made once: they keep answers.
  const [list, open, outline] = [listCourses(own), openCourse(own), showOutline(own)];
  return [
    defineRoute({
      method: 'GET',
      url: '/api/categories',
      summary: 'Categories of courses',
      policy: allow.anyone(),
      publicCacheSeconds: 300,
      response: z.strictObject({ items: z.array(z.strictObject({ slug: z.string(), name: z.string() })) }),
      examples: { response: { items: [{ slug: 'work', name: 'Work and writing' }] } },
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
        q: text({ max: 200 })
          .optional()
          .meta({ examples: ['electricity bill'] }),
        category: z
          .string()
          .max(50)
          .optional()
          .meta({ examples: ['home'] }),
        level: Level.optional(),
        language: Language.optional().meta({ examples: ['pt-BR'] }),
        price: z.enum(['free', 'paid']).optional(),
      }),
      response: Page(ListedCourse),
      publicCacheSeconds: 10,
      examples: { response: { items: [exampleListedCourse] } },
      handler: ({ query, ctx }) => list(query, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/courses/mine',
      summary: 'Courses the person teaches, in every state',
      policy: allow.role('instructor'),
      query: z.strictObject(PageQuery),
      response: Page(ListedCourse),
      examples: { response: { items: [exampleListedCourse] } },
      handler: ({ query, ctx }) => listOwnCourses(own)(query, requireUser(ctx).userId, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/courses',
      cleansText: true,
      summary: 'Start a course as a draft',
      policy: allow.role('instructor'),
      idempotency: 'key',
      status: 201,
      body: z.strictObject({ ...courseFields, title: text({ min: 1, max: 200 }), language: Language }),
      response: Course,
      errors: ['course_slug_taken', 'category_not_found', 'invalid_document', 'instalments_without_price'],
      examples: { body: exampleNewCourse, response: exampleDraft },
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
      examples: { response: exampleCourse },
      handler: ({ params, ctx }) => open(params.id, ctx),
    }),
    defineRoute({
      method: 'PATCH',
      url: '/api/courses/:id',
      cleansText: true,
      summary: 'Change a course',
      description: 'With `If-Match: "<version>"` it refuses when someone else changed the course meanwhile.',
      policy: allow.role('instructor'),
      idempotency: 'natural',
      params: IdParams,
      body: z.strictObject({
        ...courseFields,
        title: text({ min: 1, max: 200 }).optional(),
        language: Language.optional(),
      }),
      response: Course,
      errors: [
        'course_not_found',
        'course_not_ready',
        'edit_conflict',
        'course_slug_taken',
        'category_not_found',
        'invalid_document',
        'instalments_without_price',
      ],
      examples: {
        body: { level: 'all' },
        response: { ...exampleCourse, level: 'all', version: 5 },
      },
      handler: ({ params, body, ctx, request }) =>
        changeCourse(own)(params.id, { ...body, version: versionOf(request.headers['if-match'], ctx) }, ctx),
    }),
    defineRoute({
      method: 'PUT',
      url: '/api/courses/:id/cover',
      summary: 'Give a course a picture',
      description:
        'Multipart with one image (PNG, JPEG, WebP, AVIF, GIF) of at most 5 MiB. The version of the course stays, so it is not in the way of `If-Match`.',
      policy: allow.role('instructor'),
      idempotency: 'natural',
      params: IdParams,
      streamedBody: 'multipart/form-data',
      // The form around the picture.
      bodyLimit: coverMaxBytes + 65_536,
      response: Course,
      errors: [
        'course_not_found',
        'cover_missing',
        'cover_not_an_image',
        'payload_too_large',
        'unsupported_media_type',
      ],
      examples: { response: exampleCourse },
      handler: ({ params, ctx, request }) => coverCourse(own)(params.id, request, ctx),
    }),
    defineRoute({
      method: 'DELETE',
      url: '/api/courses/:id/cover',
      summary: 'Take the picture of a course away',
      policy: allow.role('instructor'),
      idempotency: 'natural',
      params: IdParams,
      response: Course,
      errors: ['course_not_found'],
      examples: { response: { ...exampleCourse, coverUrl: null } },
      handler: ({ params, ctx }) => uncoverCourse(own)(params.id, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/courses/:id/files',
      summary: 'Send a file for the lessons of a course',
      description:
        'Multipart with one file: MP4 or WebM, MP3, OGG, WAV or M4A, PDF, ZIP, PNG, JPEG, WebP, AVIF, GIF, or captions (WebVTT, or SubRip, which becomes WebVTT). The `src` of the answer is what a `video`, `audio`, `image` or `file` block of a lesson of this course shows.',
      policy: allow.role('instructor'),
      // The same bytes are the same file: repeating does no harm.
      idempotency: 'natural',
      status: 201,
      params: IdParams,
      streamedBody: 'multipart/form-data',
      bodyLimit: 2 * 1024 * 1024 * 1024,
      response: UploadedFile,
      errors: [
        'course_not_found',
        'file_missing',
        'file_type_refused',
        'import_upload_broken',
        'payload_too_large',
        'unsupported_media_type',
      ],
      examples: { response: exampleFile },
      handler: ({ params, ctx, request }) => receiveFile(own)(params.id, request, ctx),
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
      examples: { response: exampleCourse },
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
      examples: { response: { ...exampleCourse, state: 'archived' } },
      handler: async ({ params, ctx }) => {
        await archiveCourse(own)(params.id, ctx);
        return showCourse(await seeCourse(own.db, params.id, ctx), ctx.locale);
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/api/wish-list',
      summary: 'Courses I keep for later, kept last first',
      policy: allow.user(),
      query: z.strictObject(PageQuery),
      response: Page(Wish),
      examples: { response: { items: [exampleWish] } },
      handler: ({ query, ctx }) => listWishes(own)(query, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/wish-list/ids',
      summary: 'Which courses I keep for later',
      policy: allow.user(),
      response: WishIds,
      examples: { response: { courseIds: [exampleWish.course.id] } },
      handler: ({ ctx }) => listWishIds(own)(ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/wish-list',
      summary: 'Take over what a browser kept before I signed in',
      description: 'Courses that do not exist or for which there is no room are left out. What is kept already stays.',
      policy: allow.user(),
      idempotency: 'natural',
      body: RememberedWishes,
      response: WishIds,
      examples: {
        body: {
          wishes: [
            { courseId: exampleWish.course.id, savedAt: exampleWish.savedAt, savedPrice: exampleWish.savedPrice },
          ],
        },
        response: { courseIds: [exampleWish.course.id] },
      },
      handler: ({ body, ctx }) => mergeWishes(own)(body.wishes, ctx),
    }),
    defineRoute({
      method: 'PUT',
      url: '/api/wish-list/:courseId',
      summary: 'Keep a course for later',
      policy: allow.user(),
      idempotency: 'natural',
      params: CourseIdParams,
      errors: ['course_not_found', 'wish_list_full'],
      handler: async ({ params, ctx }) => {
        await keepWish(own)(params.courseId, ctx);
        return undefined;
      },
    }),
    defineRoute({
      method: 'DELETE',
      url: '/api/wish-list/:courseId',
      summary: 'Forget a course I kept',
      policy: allow.user(),
      idempotency: 'natural',
      params: CourseIdParams,
      handler: async ({ params, ctx }) => {
        await dropWish(own)(params.courseId, ctx);
        return undefined;
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
      examples: { response: exampleOutline },
      handler: ({ params, ctx }) => outline(params.id, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/courses/:id/lessons',
      cleansText: true,
      summary: 'Add a lesson at the end of a module',
      description: 'Its content is `content` or `markdown`, not both.',
      policy: allow.role('instructor'),
      idempotency: 'key',
      status: 201,
      params: IdParams,
      body: z.strictObject({ ...lessonFields, title: text({ min: 1, max: 300 }), module: text({ min: 1, max: 300 }) }),
      response: Lesson,
      bodyLimit: 4 * 1024 * 1024,
      errors: ['course_not_found', 'invalid_document', 'lesson_text_refused'],
      examples: {
        body: {
          title: exampleLesson.title,
          module: exampleLesson.moduleTitle,
          kind: exampleLesson.kind,
          durationSeconds: exampleLesson.durationSeconds,
          completion: exampleLesson.completion,
          content: exampleContent,
        },
        response: { ...exampleAuthoredLesson, path: [], languages: ['en'], version: 1, next: null },
      },
      handler: async ({ params, body, ctx }) => openLesson(own)((await addLesson(own)(params.id, body, ctx)).id, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/courses/:id/lessons/file',
      summary: 'Add a lesson from a file',
      description:
        'Multipart: `title` of the lesson, `module` (its title; a new one makes a new module), and behind them one file of the types that `POST /api/courses/{id}/files` takes, without captions.',
      policy: allow.role('instructor'),
      // The same file under the same names is the same lesson.
      idempotency: 'natural',
      status: 201,
      params: IdParams,
      streamedBody: 'multipart/form-data',
      bodyLimit: 2 * 1024 * 1024 * 1024,
      response: Lesson,
      errors: [
        'course_not_found',
        'file_missing',
        'file_type_refused',
        'captions_without_video',
        'import_upload_broken',
        'payload_too_large',
        'unsupported_media_type',
      ],
      examples: { response: { ...exampleAuthoredLesson, path: [], languages: ['en'], version: 1, next: null } },
      handler: async ({ params, ctx, request }) =>
        openLesson(own)((await addFileLesson(own)(params.id, request, ctx)).id, ctx),
    }),
    defineRoute({
      method: 'PATCH',
      url: '/api/modules/:id',
      cleansText: true,
      summary: 'Rename a module, or move it',
      description:
        '`position` is its new place in the outline, counted from 1; behind the last is the last. The next import of a course from a source puts its modules back as they are there.',
      policy: allow.role('instructor'),
      idempotency: 'natural',
      params: IdParams,
      body: z.strictObject({
        title: text({ min: 1, max: 300 }).optional(),
        position: z.int().min(1).max(10_000).optional(),
      }),
      response: z.strictObject({ id: Id, courseId: Id, title: z.string(), position: z.int() }),
      errors: ['module_not_found'],
      examples: { body: { title: exampleModule.title, position: 2 }, response: exampleModule },
      handler: ({ params, body, ctx }) => changeModule(own)(params.id, body, ctx),
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
      examples: { response: exampleLesson },
      handler: ({ params, ctx }) => openLesson(own)(params.id, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/lessons/:id/text',
      summary: 'A lesson as Markdown, to write in',
      description:
        'In the language its course was written in. What Markdown cannot say stands in it as a line like `![Video: Take 2](kept:1)`, to move or to take out. Send it back as `markdown` with `If-Match`: `PATCH /api/lessons/{id}`. Null when even so something would change.',
      policy: allow.role('instructor'),
      params: IdParams,
      response: z.strictObject({
        title: z.string(),
        language: z.string(),
        version: z.int(),
        markdown: z.string().nullable(),
      }),
      errors: ['lesson_not_found'],
      examples: {
        response: {
          title: exampleLesson.title,
          language: 'en',
          version: 3,
          markdown: '## What stands on the left\n\nEverything the company owns.\n\n![Video: Take 2](kept:1)\n',
        },
      },
      handler: ({ params, ctx }) => openLessonText(own)(params.id, ctx),
    }),
    defineRoute({
      method: 'PATCH',
      url: '/api/lessons/:id',
      cleansText: true,
      summary: 'Change a lesson',
      description:
        'With `If-Match: "<version>"` it refuses when someone else changed the lesson meanwhile. Its content is `content` or `markdown`, not both. Lines of `markdown` like `![Video](kept:1)` stand for parts of the version that `If-Match` names, and are refused without it.',
      policy: allow.role('instructor'),
      idempotency: 'natural',
      params: IdParams,
      body: z.strictObject({ ...lessonFields, title: text({ min: 1, max: 300 }).optional() }),
      response: Lesson,
      bodyLimit: 4 * 1024 * 1024,
      errors: ['lesson_not_found', 'edit_conflict', 'invalid_document', 'lesson_text_refused'],
      examples: { body: { content: exampleContent }, response: exampleAuthoredLesson },
      handler: async ({ params, body, ctx, request }) => {
        await changeLesson(own)(params.id, { ...body, version: versionOf(request.headers['if-match'], ctx) }, ctx);
        return openLesson(own)(params.id, ctx);
      },
    }),
    defineRoute({
      method: 'PUT',
      url: '/api/lessons/:id/file',
      summary: 'Give a lesson another file, captions or a poster',
      description:
        'Multipart with one file, of the types that `POST /api/courses/{id}/files` takes. `of` is the `src` of the block it is for: the file comes in its place (`as=content`), or becomes the captions (WebVTT or SubRip) or the poster of that film. Without `of` it comes behind what is in the lesson. The language of captions is in the query, or in a field of the form before the file. Changes the lesson in the language its course was written in.',
      policy: allow.role('instructor'),
      // The same bytes are the same file, and the same file is in its place once.
      idempotency: 'natural',
      params: IdParams,
      query: z.strictObject({
        as: z.enum(['content', 'captions', 'poster']).default('content'),
        of: z
          .string()
          .max(2048)
          .optional()
          .meta({ examples: [`asset:${exampleId}`] }),
        language: Language.optional().meta({ examples: ['pt-BR'] }),
      }),
      streamedBody: 'multipart/form-data',
      bodyLimit: 2 * 1024 * 1024 * 1024,
      response: Lesson,
      errors: [
        'lesson_not_found',
        'lesson_file_not_found',
        'edit_conflict',
        'file_missing',
        'file_type_refused',
        'captions_not_vtt',
        'captions_without_video',
        'poster_not_an_image',
        'import_upload_broken',
        'payload_too_large',
        'unsupported_media_type',
      ],
      examples: { response: exampleAuthoredLesson },
      handler: async ({ params, query, ctx, request }) => {
        await giveLessonFile(own)(params.id, query, request, ctx);
        return openLesson(own)(params.id, ctx);
      },
    }),
    defineRoute({
      method: 'DELETE',
      url: '/api/lessons/:id/file',
      summary: 'Take captions or the poster away from a film of a lesson',
      description: '`of` is the `src` of the film; `language` is that of the captions.',
      policy: allow.role('instructor'),
      idempotency: 'natural',
      params: IdParams,
      query: z.strictObject({
        as: z.enum(['captions', 'poster']).default('poster'),
        of: z
          .string()
          .max(2048)
          .optional()
          .meta({ examples: [`asset:${exampleId}`] }),
        language: Language.optional().meta({ examples: ['pt-BR'] }),
      }),
      response: Lesson,
      errors: ['lesson_not_found', 'lesson_file_not_found', 'captions_without_video', 'edit_conflict'],
      examples: { response: exampleAuthoredLesson },
      handler: async ({ params, query, ctx }) => {
        await dropLessonFile(own)(params.id, query, ctx);
        return openLesson(own)(params.id, ctx);
      },
    }),
    defineRoute({
      method: 'PUT',
      url: '/api/lessons/:id/place',
      summary: 'Move a lesson within its module, or into another one',
      description:
        '`position` is its new place in the module, counted from 1; behind the last is the last. Without `moduleId` it stays in its module. A module that is empty then goes. The lesson keeps its version. The next import of a course from a source puts its lessons back as they are there.',
      policy: allow.role('instructor'),
      idempotency: 'natural',
      params: IdParams,
      body: z.strictObject({ moduleId: Id.optional(), position: z.int().min(1).max(10_000) }),
      response: z.strictObject({ id: Id, courseId: Id, moduleId: Id, position: z.int() }),
      errors: ['lesson_not_found', 'module_not_found'],
      examples: { body: { moduleId: exampleModule.id, position: 1 }, response: examplePlacedLesson },
      handler: ({ params, body, ctx }) => moveLesson(own)(params.id, body, ctx),
    }),
    defineRoute({
      method: 'DELETE',
      url: '/api/lessons/:id',
      summary: 'Remove a lesson from its course',
      description:
        'What learners did in it counts no more; whoever has completed all that remain has completed the course. A module that is empty then goes. The next import of a course from a source brings its lessons back.',
      policy: allow.role('instructor'),
      idempotency: 'natural',
      params: IdParams,
      errors: ['lesson_not_found', 'course_not_ready'],
      handler: async ({ params, ctx }) => {
        await removeLesson(own)(params.id, ctx);
        return undefined;
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/api/courses/imports',
      summary: 'Import a course from an archive (tar.gz or zip)',
      description:
        'Multipart with one file. The format (olx or markdown) is recognized unless the query or a form field before the file names it.',
      policy: allow.role('instructor'),
      // A second upload of the same source updates the same course: repeating does no harm.
      idempotency: 'natural',
      status: 202,
      streamedBody: 'multipart/form-data',
      bodyLimit: 2 * 1024 * 1024 * 1024,
      query: z.strictObject({ format: z.enum(['olx', 'markdown']).optional() }),
      response: z.strictObject({ id: Id, state: z.literal('queued') }),
      errors: ['import_file_missing', 'import_upload_broken', 'payload_too_large', 'unsupported_media_type'],
      examples: { response: { id: exampleImport.id, state: 'queued' } },
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
      examples: { response: { items: [exampleImport] } },
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
      examples: { response: { ...exampleImport, items: [exampleReportLine] } },
      handler: ({ params, ctx }) => showImport(own)(params.id, ctx),
    }),
  ];
}
