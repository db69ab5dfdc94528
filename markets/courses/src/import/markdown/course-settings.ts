import type { Note } from '@stoa/contracts/note';
import { z } from 'zod';
import { note } from '../notes.ts';

const shortText = z.string().trim().min(1).max(500);
const reference = z.string().trim().min(1).max(2048);
const tag = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);

/** Minutes as a number, or a text such as `90s`, `12m` or `1h 30m`; gives seconds. */
const duration = z.union([
  z
    .number()
    .min(0)
    .max(100_000)
    .transform((minutes) => Math.round(minutes * 60)),
  z
    .string()
    .regex(/^(?=.*\d)(\d+\s*h)?\s*(\d+\s*m)?\s*(\d+\s*s)?$/)
    .transform((text) => {
      const amount = (unit: string): number => Number(new RegExp(`(\\d+)\\s*${unit}`).exec(text)?.[1] ?? 0);
      return amount('h') * 3600 + amount('m') * 60 + amount('s');
    }),
]);

/** What is said of values that are not of these kinds; of every other just that it is not understood. */
const reasons = new Map<z.ZodType, Note>([
  [duration, note('no_duration')],
  [tag, note('no_language')],
]);

const file = z.union([
  reference.transform((path): { path: string; name?: string | undefined } => ({ path })),
  z.strictObject({ path: reference, name: shortText.optional() }),
]);

const courseShape = {
  id: z.string().trim().min(1).max(200),
  title: shortText,
  summary: z.string().trim().min(1).max(2000),
  language: tag,
  level: z.enum(['beginner', 'intermediate', 'advanced']),
  category: z.string().trim().min(1).max(100),
  outcomes: z.array(shortText).max(50),
  instructors: z.array(shortText).max(50),
  /** Minor units (centavos, cents); absent: free. */
  price: z.strictObject({ amount: z.int().min(0), currency: z.string().regex(/^[A-Z]{3}$/) }),
  /** Path of a picture in the source, relative to the root. */
  cover: reference,
  certificate: z.boolean(),
};
const CourseFields = z.object(courseShape).partial();

/** What `course.yaml` or the front matter of the root `README.md` says about the course beside its text. */
export type CourseSettings = z.infer<typeof CourseFields>;

const lessonShape = {
  id: z.string().trim().min(1).max(200),
  title: shortText,
  kind: z.enum(['text', 'video', 'audio', 'file', 'embed', 'quiz', 'link']),
  duration,
  /** Length of the video or audio itself. */
  mediaDuration: duration,
  video: reference,
  poster: reference,
  captions: z.record(tag, reference),
  audio: reference,
  file,
  files: z.array(file).max(100),
  embed: reference,
  link: reference,
  graded: z.boolean(),
};
const LessonFields = z.object(lessonShape).partial();

/** What the front matter of a lesson says, durations in seconds. Paths are relative to its file, or `https:` addresses. */
export type LessonSettings = z.infer<typeof LessonFields>;

/** What a translation may set; everything else is the lesson's. */
const translatable = ['title', 'video', 'poster', 'captions', 'audio', 'file', 'files', 'embed', 'link'];

/** Reads the settings of a course. A field that is not understood is ignored and named; the others are kept. */
export function readCourseSettings(raw: Record<string, unknown>): { settings: CourseSettings; problems: Note[] } {
  const { kept, problems } = keepValid(raw, courseShape);
  return { settings: CourseFields.parse(kept), problems };
}

/** Reads the settings of a lesson, like {@link readCourseSettings}. */
export function readLessonSettings(raw: Record<string, unknown>): { settings: LessonSettings; problems: Note[] } {
  const { kept, problems } = keepValid(raw, lessonShape);
  return { settings: LessonFields.parse(kept), problems };
}

/** Reads what the translation of a lesson sets for itself. */
export function readTranslatedSettings(raw: Record<string, unknown>): { settings: LessonSettings; problems: Note[] } {
  return readLessonSettings(Object.fromEntries(Object.entries(raw).filter(([key]) => translatable.includes(key))));
}

/** The fields of `shape` that are valid. Unknown keys belong to other tools and are left alone. */
function keepValid(
  raw: Record<string, unknown>,
  shape: Record<string, z.ZodType>,
): { kept: Record<string, unknown>; problems: Note[] } {
  const kept: Record<string, unknown> = {};
  const problems: Note[] = [];
  for (const [key, schema] of Object.entries(shape)) {
    const value = Object.hasOwn(raw, key) ? raw[key] : undefined;
    if (value === undefined || value === null) continue;
    const result = schema.safeParse(value);
    if (result.success) kept[key] = value;
    else
      problems.push(
        note('setting_ignored', { name: key, reason: reasons.get(schema) ?? note('value_not_understood') }),
      );
  }
  return { kept, problems };
}
