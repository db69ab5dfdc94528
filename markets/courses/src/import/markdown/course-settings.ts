import { z } from 'zod';

/** What `course.yaml` or the front matter of the root `README.md` says about the course beside its text. */
export type CourseSettings = {
  id?: string;
  title?: string;
  summary?: string;
  language?: string;
  level?: 'beginner' | 'intermediate' | 'advanced';
  category?: string;
  outcomes?: string[];
  instructors?: string[];
  /** Minor units (centavos, cents); absent: free. */
  price?: { amount: number; currency: string };
  /** Path of a picture in the source, relative to the root. */
  cover?: string;
  certificate?: boolean;
};

/** What the front matter of a lesson says. Paths are relative to the lesson's file, or `https:` addresses. */
export type LessonSettings = {
  id?: string;
  title?: string;
  kind?: 'text' | 'video' | 'audio' | 'file' | 'embed' | 'quiz' | 'link';
  durationSeconds?: number;
  /** Length of the video or audio itself, in seconds. */
  mediaSeconds?: number;
  video?: string;
  poster?: string;
  captions?: Record<string, string>;
  audio?: string;
  files?: { path: string; name?: string | undefined }[];
  embed?: string;
  link?: string;
  graded?: boolean;
};

const shortText = z.string().trim().min(1).max(500);
const reference = z.string().trim().min(1).max(2048);
const tag = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'is no language tag');

/** Minutes as a number, or a text such as `90s`, `12m` or `1h 30m`; gives seconds. */
const duration = z.union([
  z
    .number()
    .min(0)
    .max(100_000)
    .transform((minutes) => Math.round(minutes * 60)),
  z
    .string()
    .regex(/^(?=.*\d)(\d+\s*h)?\s*(\d+\s*m)?\s*(\d+\s*s)?$/, 'is no duration such as 90s, 12m or 1h 30m')
    .transform((text) => {
      const amount = (unit: string): number => Number(new RegExp(`(\\d+)\\s*${unit}`).exec(text)?.[1] ?? 0);
      return amount('h') * 3600 + amount('m') * 60 + amount('s');
    }),
]);

const file = z.union([
  reference.transform((path) => ({ path })),
  z.strictObject({ path: reference, name: shortText.optional() }),
]);

const courseFields = {
  id: z.string().trim().min(1).max(200),
  title: shortText,
  summary: z.string().trim().min(1).max(2000),
  language: tag,
  level: z.enum(['beginner', 'intermediate', 'advanced']),
  category: z.string().trim().min(1).max(100),
  outcomes: z.array(shortText).max(50),
  instructors: z.array(shortText).max(50),
  price: z.strictObject({ amount: z.int().min(0), currency: z.string().regex(/^[A-Z]{3}$/) }),
  cover: reference,
  certificate: z.boolean(),
};

const lessonFields = {
  id: z.string().trim().min(1).max(200),
  title: shortText,
  kind: z.enum(['text', 'video', 'audio', 'file', 'embed', 'quiz', 'link']),
  duration,
  mediaDuration: duration,
  video: reference,
  poster: reference,
  captions: z.record(tag, reference),
  audio: reference,
  file: file,
  files: z.array(file).max(100),
  embed: reference,
  link: reference,
  graded: z.boolean(),
};

/** One field that was not understood: it is ignored, the others are kept, and the report says so. */
export type SettingsProblem = string;

/** Reads the settings of a course field by field. Unknown keys belong to other tools and are left alone. */
export function readCourseSettings(raw: Record<string, unknown>): {
  settings: CourseSettings;
  problems: SettingsProblem[];
} {
  const problems: SettingsProblem[] = [];
  const field = <T>(key: string, schema: z.ZodType<T>): T | undefined => readField({ raw, key, schema, problems });
  const settings = withoutUndefined<CourseSettings>({
    id: field('id', courseFields.id),
    title: field('title', courseFields.title),
    summary: field('summary', courseFields.summary),
    language: field('language', courseFields.language),
    level: field('level', courseFields.level),
    category: field('category', courseFields.category),
    outcomes: field('outcomes', courseFields.outcomes),
    instructors: field('instructors', courseFields.instructors),
    price: field('price', courseFields.price),
    cover: field('cover', courseFields.cover),
    certificate: field('certificate', courseFields.certificate),
  });
  return { settings, problems };
}

/** Reads the settings of a lesson field by field, like {@link readCourseSettings}. */
export function readLessonSettings(raw: Record<string, unknown>): {
  settings: LessonSettings;
  problems: SettingsProblem[];
} {
  const problems: SettingsProblem[] = [];
  const field = <T>(key: string, schema: z.ZodType<T>): T | undefined => readField({ raw, key, schema, problems });
  const single = field('file', lessonFields.file);
  const several = field('files', lessonFields.files);
  const files = single === undefined ? several : [single, ...(several ?? [])];
  const settings = withoutUndefined<LessonSettings>({
    id: field('id', lessonFields.id),
    title: field('title', lessonFields.title),
    kind: field('kind', lessonFields.kind),
    durationSeconds: field('duration', lessonFields.duration),
    mediaSeconds: field('mediaDuration', lessonFields.mediaDuration),
    video: field('video', lessonFields.video),
    poster: field('poster', lessonFields.poster),
    captions: field('captions', lessonFields.captions),
    audio: field('audio', lessonFields.audio),
    files,
    embed: field('embed', lessonFields.embed),
    link: field('link', lessonFields.link),
    graded: field('graded', lessonFields.graded),
  });
  return { settings, problems };
}

function readField<T>(options: {
  raw: Record<string, unknown>;
  key: string;
  schema: z.ZodType<T>;
  problems: SettingsProblem[];
}): T | undefined {
  const value = options.raw[options.key];
  if (value === undefined || value === null) return undefined;
  const result = options.schema.safeParse(value);
  if (result.success) return result.data;
  const reason = result.error.issues[0]?.message ?? 'not understood';
  options.problems.push(`setting "${options.key}" was ignored: ${reason}`);
  return undefined;
}

type Loose<T> = { [K in keyof T]: T[K] | undefined };

/** Absent keys instead of `undefined` values, so that equal sources give equal results key by key. */
function withoutUndefined<T extends object>(value: Loose<T>): T;
function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined));
}
