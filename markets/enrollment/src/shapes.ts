import { Id, Timestamp } from '@stoa/kernel';
import { z } from 'zod';

export const Enrollment = z.strictObject({
  id: Id,
  courseId: Id,
  state: z.enum(['active', 'left', 'revoked']),
  reason: z.string(),
  enrolledAt: Timestamp,
  completedAt: Timestamp.nullable(),
  certificateId: Id.nullable(),
});
export const exampleEnrollment: z.output<typeof Enrollment> = {
  id: '019c48f1-4f60-770c-b236-f4dd4f55e7e6',
  courseId: '01980c2e-7c6a-7c11-9c55-3d1f0e6f2a10',
  state: 'active',
  reason: 'membership',
  enrolledAt: '2026-02-10T19:05:00.000Z',
  completedAt: null,
  certificateId: null,
};

export const LearningItem = z.strictObject({
  id: Id,
  reason: z.string(),
  enrolledAt: Timestamp,
  lastActivityAt: Timestamp,
  completedAt: Timestamp.nullable(),
  course: z.strictObject({
    id: Id,
    slug: z.string(),
    title: z.string(),
    language: z.string(),
    instructorName: z.string(),
    lessonCount: z.int(),
    durationSeconds: z.int(),
    archived: z.boolean(),
  }),
  completedLessons: z.int(),
  totalLessons: z.int(),
  percent: z.int(),
  lastLesson: z.strictObject({ id: Id, title: z.string() }).nullable(),
  certificate: z
    .strictObject({ id: Id, code: z.string(), verificationUrl: z.string(), revoked: z.boolean() })
    .nullable(),
});
export const exampleLearningItem: z.output<typeof LearningItem> = {
  id: exampleEnrollment.id,
  reason: exampleEnrollment.reason,
  enrolledAt: exampleEnrollment.enrolledAt,
  lastActivityAt: '2026-03-01T12:00:00.000Z',
  completedAt: '2026-03-01T12:00:00.000Z',
  course: {
    id: exampleEnrollment.courseId,
    slug: 'reading-a-balance-sheet',
    title: 'Reading a balance sheet',
    language: 'en',
    instructorName: 'Rui Prado',
    lessonCount: 4,
    durationSeconds: 2820,
    archived: false,
  },
  completedLessons: 4,
  totalLessons: 4,
  percent: 100,
  lastLesson: { id: '01980cfd-8cc0-7bfe-bcc3-6d54dbf7dc24', title: 'Read one yourself' },
  certificate: {
    id: '019ca945-0a00-7547-ad92-84a66ec07b22',
    code: '4T7QX-9B2KM-0ZR8VN-H5D3W-A1CEF',
    verificationUrl: 'https://stoa.example.com/certificates/4T7QX-9B2KM-0ZR8VN-H5D3W-A1CEF',
    revoked: false,
  },
};

export const LessonProgress = z.strictObject({
  id: Id,
  state: z.enum(['viewed', 'completed']),
  positionSeconds: z.int(),
  watchedSeconds: z.int(),
  completedAt: Timestamp.nullable(),
});
export const exampleLessonProgress: z.output<typeof LessonProgress> = {
  id: '01980cfd-8cc0-7c16-a0ec-7b56c216a64c',
  state: 'completed',
  positionSeconds: 405,
  watchedSeconds: 398,
  completedAt: '2026-02-17T21:10:00.000Z',
};

export const CourseProgress = z.strictObject({
  completedLessons: z.int(),
  totalLessons: z.int(),
  percent: z.int(),
  completedAt: Timestamp.nullable(),
  certificateId: Id.nullable(),
});
/** After the second of four lessons. */
export const exampleCourseProgress: z.output<typeof CourseProgress> = {
  completedLessons: 2,
  totalLessons: 4,
  percent: 50,
  completedAt: null,
  certificateId: null,
};

export const ProgressInCourse = z.strictObject({
  courseId: Id,
  enrollmentId: Id,
  ...CourseProgress.shape,
  lastLessonId: Id.nullable(),
  lessons: z.array(LessonProgress),
});
export const exampleProgressInCourse: z.output<typeof ProgressInCourse> = {
  courseId: exampleEnrollment.courseId,
  enrollmentId: exampleEnrollment.id,
  ...exampleCourseProgress,
  lastLessonId: exampleLessonProgress.id,
  lessons: [
    {
      id: '01980cfd-8cc0-719f-bf73-7d88792045d5',
      state: 'completed',
      positionSeconds: 0,
      watchedSeconds: 0,
      completedAt: '2026-02-12T20:40:00.000Z',
    },
    exampleLessonProgress,
  ],
};

export const Certificate = z.strictObject({
  id: Id,
  code: z.string(),
  valid: z.boolean(),
  revoked: z.boolean(),
  revokedAt: Timestamp.nullable(),
  /** Null when the holder asked to be forgotten. */
  holderName: z.string().nullable(),
  courseId: Id,
  courseSlug: z.string(),
  courseTitle: z.string(),
  instructorName: z.string(),
  completedAt: Timestamp,
});
export const exampleCertificate: z.output<typeof Certificate> = {
  id: '019ca945-0a00-7547-ad92-84a66ec07b22',
  code: '4T7QX-9B2KM-0ZR8VN-H5D3W-A1CEF',
  valid: true,
  revoked: false,
  revokedAt: null,
  holderName: 'Ana Souza',
  courseId: exampleEnrollment.courseId,
  courseSlug: exampleLearningItem.course.slug,
  courseTitle: exampleLearningItem.course.title,
  instructorName: exampleLearningItem.course.instructorName,
  completedAt: '2026-03-01T12:00:00.000Z',
};
export const exampleRevoked: z.output<typeof Certificate> = {
  ...exampleCertificate,
  valid: false,
  revoked: true,
  revokedAt: '2026-03-02T09:30:00.000Z',
};
