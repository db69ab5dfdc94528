import { Document } from '@stoa/contracts/document';
import { Id, MoneySchema, Timestamp } from '@stoa/kernel';
import { z } from 'zod';

export const Level = z.enum(['all', 'beginner', 'intermediate', 'advanced']);
const Kind = z.enum(['text', 'video', 'audio', 'file', 'embed', 'quiz', 'link']);
const Completion = z.enum(['viewed', 'watched', 'passed']);
export const Language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
  .max(35);
/** Characters of a lesson's text; the longest real lesson we know has 40 000. */
export const longestText = 100_000;
/** Text without control characters: PostgreSQL has no zero character, and no title has a bell. */
export const text = ({ min = 0, max }: { min?: number; max: number }) =>
  z
    .string()
    .min(min)
    .max(max)
    .regex(/^[\t\n\r\P{Cc}]*$/u);
const Slug = z
  .string()
  .regex(/^[\p{Ll}\p{Lo}\p{N}]+(-[\p{Ll}\p{Lo}\p{N}]+)*$/u)
  .max(80);

export const ListedCourse = z.strictObject({
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
export const Course = ListedCourse.extend({
  shownIn: z.string(),
  description: Document,
  outcomes: z.array(z.string()),
  /** In monthly parts, the first one at once; null when it is only paid at once. */
  instalments: z
    .strictObject({ parts: z.int(), surcharge: z.int(), amounts: z.array(MoneySchema), total: MoneySchema })
    .nullable(),
  version: z.int(),
  publishedAt: Timestamp.nullable(),
  updatedAt: Timestamp,
});
export const Wish = z.strictObject({
  course: ListedCourse,
  savedAt: Timestamp,
  /** Null when the course was free then. */
  savedPrice: MoneySchema.nullable(),
});
export const Bundle = z.strictObject({
  id: Id,
  slug: z.string(),
  title: z.string(),
  summary: z.string(),
  description: z.string(),
  /** Its own language, all it speaks, and the one it is shown in. */
  language: z.string(),
  languages: z.array(z.string()),
  shownIn: z.string(),
  coverUrl: z.string().nullable(),
  state: z.enum(['draft', 'published', 'archived']),
  price: MoneySchema,
  /** What its courses cost one by one. */
  worth: MoneySchema,
  instructors: z.array(z.strictObject({ id: Id, name: z.string() })),
  courses: z.array(ListedCourse),
  updatedAt: Timestamp,
});
const bundleTranslations = z.partialRecord(
  z.enum(['en', 'pt-BR', 'es']),
  z.strictObject({
    title: text({ max: 200 }).optional(),
    summary: text({ max: 500 }).optional(),
    description: text({ max: 5000 }).optional(),
  }),
);
export const OpenedBundle = Bundle.extend({
  publishedAt: Timestamp.nullable(),
  /** As its seller wrote it, in every language; null for everybody else. */
  written: z
    .strictObject({
      title: z.string(),
      summary: z.string(),
      description: z.string(),
      translations: bundleTranslations,
    })
    .nullable(),
});
const Progress = z.strictObject({ state: z.string(), positionSeconds: z.int() }).nullable();
const OutlineLesson = z.strictObject({
  id: Id,
  title: z.string(),
  path: z.array(z.string()),
  kind: Kind,
  durationSeconds: z.int(),
  /** How long its video and audio play; 0 when that is not known. */
  mediaSeconds: z.int(),
  completion: Completion,
  graded: z.boolean(),
  preview: z.boolean(),
  locked: z.boolean(),
  lockedBy: z.strictObject({ rule: z.string(), message: z.string(), until: Timestamp.nullable() }).nullable(),
  progress: Progress,
});
export const Outline = z.strictObject({
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
export const Lesson = z.strictObject({
  id: Id,
  courseId: Id,
  courseSlug: z.string(),
  moduleId: Id,
  moduleTitle: z.string(),
  title: z.string(),
  path: z.array(z.string()),
  kind: Kind,
  durationSeconds: z.int(),
  /** How long its video and audio play; 0 when that is not known. */
  mediaSeconds: z.int(),
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
/** A file that lessons may show. */
export const UploadedFile = z.strictObject({
  assetId: Id,
  src: z.string(),
  kind: z.enum(['video', 'audio', 'image', 'captions', 'file']),
  fileName: z.string(),
  contentType: z.string(),
  bytes: z.int(),
  /** How long it plays; 0 where its own headers do not say. */
  seconds: z.number(),
});
export const Import = z.strictObject({
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
  error: z.strictObject({ code: z.string(), title: z.string(), detail: z.string() }).nullable(),
  createdAt: Timestamp,
  finishedAt: Timestamp.nullable(),
});
export const ReportLine = z.strictObject({
  /** File and name in the source. */
  source: z.string(),
  /** Titles from the course down to the piece. Empty for what is in no outline, and in older reports. */
  path: z.array(z.string()),
  type: z.string(),
  outcome: z.enum(['imported', 'converted', 'raw', 'failed']),
  /** What changed and why, in the reader's language; empty for `imported`. */
  note: z.string(),
  /** The same as codes with what they speak of. Empty in reports of before notes had codes. */
  notes: z.array(z.strictObject({ code: z.string(), params: z.record(z.string(), z.unknown()), text: z.string() })),
  lessonId: z.string().nullable(),
});
export const courseFields = {
  slug: Slug.optional(),
  summary: text({ max: 500 }).optional(),
  /** A document; checked by the use case, which says where it is wrong. */
  description: z.unknown().optional(),
  level: Level.optional(),
  category: z.string().max(50).nullable().optional(),
  outcomes: z
    .array(text({ min: 1, max: 300 }))
    .max(20)
    .optional(),
  price: z
    .strictObject({ amount: z.int().min(1).max(100_000_000), currency: z.string().regex(/^[A-Z]{3}$/) })
    .nullable()
    .optional(),
  /** Also paid in so many monthly parts, for so many ten-thousandths of the price more; null: only at once. */
  instalments: z
    .strictObject({ parts: z.int().min(2).max(12), surcharge: z.int().min(0).max(5000).default(0) })
    .nullable()
    .optional(),
};
export const RememberedWishes = z.strictObject({
  wishes: z
    .array(z.strictObject({ courseId: Id, savedAt: Timestamp.optional(), savedPrice: courseFields.price }))
    .max(100),
});
export const bundleFields = {
  title: text({ min: 1, max: 200 }),
  slug: Slug.optional(),
  summary: text({ max: 500 }).optional(),
  description: text({ max: 5000 }).optional(),
  language: z.enum(['en', 'pt-BR', 'es']).optional(),
  translations: bundleTranslations.optional(),
  price: z.strictObject({ amount: z.int().min(1).max(100_000_000), currency: z.string().regex(/^[A-Z]{3}$/) }),
  courseIds: z.array(Id).min(2).max(20),
};
export const lessonFields = {
  kind: Kind.optional(),
  durationSeconds: z.int().min(0).max(1_000_000).optional(),
  /** A document; checked by the use case, which says where it is wrong. */
  content: z.unknown().optional(),
  /** The content as Markdown, in its place; `GET /api/lessons/{id}/text` says what it may hold. */
  markdown: text({ max: longestText }).optional(),
  completion: Completion.optional(),
  preview: z.boolean().optional(),
};
export const CourseParams = z.strictObject({
  id: z
    .string()
    .min(1)
    .max(120)
    .meta({ description: 'Its id, or the name in its address.', examples: ['reading-a-balance-sheet'] }),
});
