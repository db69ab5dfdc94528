import type { Document } from '@stoa/contracts/document';
import type { z } from 'zod';
import type {
  Bundle,
  Course,
  Import,
  Lesson,
  ListedCourse,
  OpenedBundle,
  Outline,
  ReportLine,
  UploadedFile,
  Wish,
} from './shapes.ts';

/** What the examples of the reference speak of: one course of four lessons, and another beside it. */
export const exampleInstructor = { id: '0197a135-6300-7a08-bc5a-ef5e500d5947', name: 'Rui Prado' };

export const exampleListedCourse: z.output<typeof ListedCourse> = {
  id: '01980c2e-7c6a-7c11-9c55-3d1f0e6f2a10',
  slug: 'reading-a-balance-sheet',
  title: 'Reading a balance sheet',
  summary: 'See in ten minutes whether a company can pay what it owes.',
  language: 'en',
  languages: ['en', 'pt-BR'],
  level: 'beginner',
  category: 'work',
  price: { amount: 14_900, currency: 'BRL' },
  instructors: [exampleInstructor],
  lessonCount: 4,
  durationSeconds: 2820,
  coverUrl: '/api/media/01980d2b-5380-7d95-aa77-be808fdb71a1',
  rating: null,
  state: 'published',
};
const exampleOtherCourse: z.output<typeof ListedCourse> = {
  ...exampleListedCourse,
  id: '01990fe0-9300-7ce7-b388-71b33be1b688',
  slug: 'invoices-without-fear',
  title: 'Invoices without fear',
  summary: 'Write an invoice that is paid in time, and read the ones you get.',
  languages: ['en'],
  price: { amount: 9900, currency: 'BRL' },
  lessonCount: 6,
  durationSeconds: 3600,
  coverUrl: null,
};

const exampleDescription: Document = {
  type: 'doc',
  content: [
    {
      type: 'paragraph',
      content: [{ type: 'text', text: 'We follow one small bakery through a year, and read its books together.' }],
    },
  ],
};
export const exampleCourse: z.output<typeof Course> = {
  ...exampleListedCourse,
  shownIn: 'en',
  description: exampleDescription,
  outcomes: ['Tell what a company owns from what it owes', 'Say what is left for its owners'],
  instalments: {
    parts: 3,
    surcharge: 200,
    amounts: [
      { amount: 5066, currency: 'BRL' },
      { amount: 5066, currency: 'BRL' },
      { amount: 5066, currency: 'BRL' },
    ],
    total: { amount: 15_198, currency: 'BRL' },
  },
  version: 4,
  publishedAt: '2025-07-15T10:00:00.000Z',
  updatedAt: '2025-07-15T10:00:00.000Z',
};
export const exampleDraft: z.output<typeof Course> = {
  ...exampleCourse,
  languages: ['en'],
  description: { type: 'doc', content: [] },
  lessonCount: 0,
  durationSeconds: 0,
  coverUrl: null,
  state: 'draft',
  version: 1,
  publishedAt: null,
  updatedAt: '2025-07-15T03:43:49.866Z',
};
/** What an author sends to get `exampleDraft`. */
export const exampleNewCourse = {
  title: exampleDraft.title,
  language: exampleDraft.language,
  summary: exampleDraft.summary,
  level: exampleDraft.level,
  category: exampleDraft.category,
  outcomes: exampleDraft.outcomes,
  price: exampleDraft.price,
  instalments: { parts: 3, surcharge: 200 },
};

export const exampleWish: z.output<typeof Wish> = {
  course: exampleOtherCourse,
  savedAt: '2026-02-11T08:15:00.000Z',
  savedPrice: { amount: 12_900, currency: 'BRL' },
};

export const exampleBundle: z.output<typeof Bundle> = {
  id: '019932a3-8000-78cb-a73f-b82e35d98c56',
  slug: 'money-on-paper',
  title: 'Money on paper',
  summary: 'Balance sheets and invoices, for a little less than both.',
  description: 'Begin with either: neither needs the other.',
  language: 'en',
  languages: ['en'],
  shownIn: 'en',
  coverUrl: null,
  state: 'published',
  price: { amount: 19_900, currency: 'BRL' },
  worth: { amount: 24_800, currency: 'BRL' },
  instructors: [exampleInstructor],
  courses: [exampleListedCourse, exampleOtherCourse],
  updatedAt: '2025-09-10T08:30:00.000Z',
};
export const exampleOpenedBundle: z.output<typeof OpenedBundle> = {
  ...exampleBundle,
  publishedAt: '2025-09-10T08:30:00.000Z',
  written: null,
};
/** What a seller sends to get `exampleBundle`. */
export const exampleNewBundle = {
  title: exampleBundle.title,
  summary: exampleBundle.summary,
  description: exampleBundle.description,
  price: exampleBundle.price,
  courseIds: [exampleListedCourse.id, exampleOtherCourse.id],
};

const exampleOutlineLesson: z.output<typeof Outline>['modules'][number]['lessons'][number] = {
  id: '01980cfd-8cc0-719f-bf73-7d88792045d5',
  title: 'Assets in plain words',
  path: ['Things with a price'],
  kind: 'text',
  durationSeconds: 600,
  mediaSeconds: 0,
  completion: 'viewed',
  graded: false,
  preview: true,
  locked: false,
  lockedBy: null,
  progress: { state: 'completed', positionSeconds: 0 },
};
const exampleVideoLesson: typeof exampleOutlineLesson = {
  ...exampleOutlineLesson,
  id: '01980cfd-8cc0-7c16-a0ec-7b56c216a64c',
  title: 'A bakery, line by line',
  kind: 'video',
  durationSeconds: 780,
  mediaSeconds: 412,
  completion: 'watched',
  preview: false,
  progress: { state: 'viewed', positionSeconds: 95 },
};
const notStarted = { state: 'not_started', positionSeconds: 0 };
const exampleModules: z.output<typeof Outline>['modules'] = [
  {
    id: '01980cfd-8cc0-7abc-bd46-5244ec62562c',
    title: 'What a company owns',
    lessons: [exampleOutlineLesson, exampleVideoLesson],
  },
  {
    id: '01980cfd-8cc0-7b5b-9cf4-8662512d1b8e',
    title: 'What a company owes',
    lessons: [
      {
        ...exampleOutlineLesson,
        id: '01980cfd-8cc0-746e-ac20-b3c1653e6cf1',
        title: 'Debts and their due dates',
        path: ['Promises to pay'],
        durationSeconds: 540,
        preview: false,
        progress: notStarted,
      },
      {
        ...exampleOutlineLesson,
        id: '01980cfd-8cc0-7bfe-bcc3-6d54dbf7dc24',
        title: 'Read one yourself',
        path: ['Promises to pay'],
        kind: 'quiz',
        durationSeconds: 900,
        completion: 'passed',
        graded: true,
        preview: false,
        progress: notStarted,
      },
    ],
  },
];
export const exampleOutline: z.output<typeof Outline> = {
  courseId: exampleCourse.id,
  slug: exampleCourse.slug,
  version: exampleCourse.version,
  language: exampleCourse.shownIn,
  enrolled: true,
  lastLessonId: exampleVideoLesson.id,
  completedAt: null,
  certificateId: null,
  modules: exampleModules,
};
export const exampleModule = {
  id: '01980cfd-8cc0-7b5b-9cf4-8662512d1b8e',
  courseId: exampleCourse.id,
  title: 'What a company owes',
  position: 2,
};
export const examplePlacedLesson = {
  id: exampleVideoLesson.id,
  courseId: exampleCourse.id,
  moduleId: exampleModule.id,
  position: 1,
};

export const exampleFile: z.output<typeof UploadedFile> = {
  assetId: '01980d22-2bc0-77a8-bbd3-c61373de4beb',
  src: 'asset:01980d22-2bc0-77a8-bbd3-c61373de4beb',
  kind: 'video',
  fileName: 'bakery.mp4',
  contentType: 'video/mp4',
  bytes: 31_457_280,
  seconds: 412,
};
export const exampleContent: Document = {
  type: 'doc',
  content: [
    {
      type: 'paragraph',
      content: [{ type: 'text', text: 'Keep the sheet of the bakery beside you while you watch.' }],
    },
    {
      type: 'video',
      attrs: { id: 'bakery', title: 'A bakery, line by line', src: exampleFile.src, durationSeconds: 412 },
    },
  ],
};
export const exampleLesson: z.output<typeof Lesson> = {
  id: exampleVideoLesson.id,
  courseId: exampleCourse.id,
  courseSlug: exampleCourse.slug,
  moduleId: '01980cfd-8cc0-7abc-bd46-5244ec62562c',
  moduleTitle: 'What a company owns',
  title: exampleVideoLesson.title,
  path: exampleVideoLesson.path,
  kind: exampleVideoLesson.kind,
  durationSeconds: exampleVideoLesson.durationSeconds,
  mediaSeconds: exampleVideoLesson.mediaSeconds,
  completion: exampleVideoLesson.completion,
  graded: exampleVideoLesson.graded,
  preview: exampleVideoLesson.preview,
  language: 'en',
  languages: ['en', 'pt-BR'],
  version: 2,
  content: exampleContent,
  assets: {
    [exampleFile.assetId]: {
      url: `/api/media/${exampleFile.assetId}?expires=1772402400&signature=q3Xk…`,
      contentType: exampleFile.contentType,
      fileName: exampleFile.fileName,
      bytes: exampleFile.bytes,
    },
  },
  previous: { id: exampleOutlineLesson.id, title: exampleOutlineLesson.title },
  next: { id: '01980cfd-8cc0-746e-ac20-b3c1653e6cf1', title: 'Debts and their due dates' },
  progress: exampleVideoLesson.progress,
};
/** The same lesson for its author, who has no progress in it. */
export const exampleAuthoredLesson: z.output<typeof Lesson> = { ...exampleLesson, progress: null };

export const exampleImport: z.output<typeof Import> = {
  id: '01980cfd-3ea0-78a4-a0dd-359060766daa',
  format: 'olx',
  sourceName: 'balance-sheet.tar.gz',
  state: 'succeeded',
  stage: 'done',
  progress: { done: 4, total: 4 },
  summary: { total: 9, imported: 8, converted: 1, raw: 0, failed: 0 },
  courseId: exampleCourse.id,
  courseSlug: exampleCourse.slug,
  error: null,
  createdAt: '2025-07-15T07:29:40.000Z',
  finishedAt: '2025-07-15T07:30:02.000Z',
};
export const exampleReportLine: z.output<typeof ReportLine> = {
  source: 'html/assets.html',
  path: ['Reading a balance sheet', 'What a company owns', 'Things with a price', 'Assets in plain words'],
  type: 'html',
  outcome: 'converted',
  note: '2 scripts removed',
  notes: [{ code: 'scripts_removed', params: { count: 2 }, text: '2 scripts removed' }],
  lessonId: exampleOutlineLesson.id,
};
