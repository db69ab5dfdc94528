import { allow, type Deps, defineRoute, IdParams, Page, PageQuery } from '@stoa/kernel';
import { z } from 'zod';
import { enroll } from './enroll.ts';
import { leaveCourse } from './leave-course.ts';
import { listEnrollments } from './list-enrollments.ts';
import { recordProgress } from './record-progress.ts';
import { setRevocation } from './revoke-certificate.ts';
import { heartbeatSaver } from './save-heartbeats.ts';
import { sendCertificate } from './send-certificate.ts';
import {
  Certificate,
  CourseProgress,
  Enrollment,
  exampleCertificate,
  exampleCourseProgress,
  exampleEnrollment,
  exampleLearningItem,
  exampleLessonProgress,
  exampleProgressInCourse,
  exampleRevoked,
  LearningItem,
  LessonProgress,
  ProgressInCourse,
} from './shapes.ts';
import { showEnrollment } from './show-enrollment.ts';
import { showProgress } from './show-progress.ts';
import { verifyCertificate } from './verify-certificate.ts';

const day = 24 * 3600;
const seconds = z
  .number()
  .min(0)
  .max(7 * day);

/** The HTTP operations of enrollment. */
export function routes(deps: Pick<Deps, 'db' | 'ids' | 'publicUrl'>) {
  const record = recordProgress({ ...deps, saveHeartbeat: heartbeatSaver(deps.db) });
  const revoke = setRevocation(deps);
  return [
    defineRoute({
      method: 'POST',
      url: '/api/courses/:id/enrollments',
      summary: 'Enroll in a course that is free or in my membership',
      description: 'Enrolling again gives the same enrollment; someone who left comes back to their progress.',
      policy: allow.user(),
      params: IdParams,
      response: Enrollment,
      status: 201,
      idempotency: 'key',
      errors: ['course_not_found', 'course_requires_purchase'],
      examples: { response: exampleEnrollment },
      handler: ({ params, ctx }) => enroll(deps)({ courseId: params.id }, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/courses/:id/enrollment',
      summary: 'My enrollment in a course',
      policy: allow.user(),
      params: IdParams,
      response: Enrollment,
      errors: ['not_found'],
      examples: { response: exampleEnrollment },
      handler: ({ params, ctx }) => showEnrollment(deps)({ courseId: params.id }, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/enrollments',
      summary: 'My courses with how far I am',
      description:
        '`order=enrolled` (newest enrollment first) is for complete walks, `order=recent` (last studied first) for the top of a dashboard.',
      policy: allow.user(),
      query: z.strictObject({
        ...PageQuery,
        completed: z.boolean().optional(),
        order: z.enum(['enrolled', 'recent']).default('enrolled'),
      }),
      response: Page(LearningItem),
      examples: { response: { items: [exampleLearningItem] } },
      handler: ({ query, ctx }) => listEnrollments(deps)(query, ctx),
    }),
    defineRoute({
      method: 'DELETE',
      url: '/api/enrollments/:id',
      summary: 'Leave a course that is free or in my membership; progress is kept',
      policy: allow.user(),
      params: IdParams,
      idempotency: 'natural',
      errors: ['not_found', 'enrollment_not_free'],
      handler: async ({ params, ctx }) => {
        await leaveCourse(deps)({ enrollmentId: params.id }, ctx);
        return undefined;
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/api/progress/lessons/:id',
      summary: 'Say how far I am in a lesson',
      description:
        '`viewed` keeps the position and what was watched; `completed` is the learner’s word, refused for lessons completed by passing problems. Watching 90 % of a video lesson completes it: of the length that the course says, or that the player read in the file (`mediaSeconds`). Nothing goes back: repeats and late reports are harmless.',
      policy: allow.user(),
      params: IdParams,
      body: z.strictObject({
        state: z.enum(['viewed', 'completed']),
        positionSeconds: seconds.optional(),
        watched: z.array(z.array(seconds).min(2).max(2)).max(500).optional(),
        /** How long the lesson's video and audio play, when the player has read it in the file. */
        mediaSeconds: seconds.optional(),
      }),
      response: z.strictObject({ lesson: LessonProgress, course: CourseProgress }),
      idempotency: 'natural',
      // A player reports every few seconds, and a person may have several tabs open.
      rateLimit: { limit: 1200, windowSeconds: 60 },
      errors: ['not_found', 'not_enrolled', 'lesson_requires_passing'],
      examples: {
        body: { state: 'viewed', positionSeconds: 405, watched: [[360, 405]], mediaSeconds: 412 },
        response: { lesson: exampleLessonProgress, course: exampleCourseProgress },
      },
      handler: ({ params, body, ctx }) => record({ lessonId: params.id, ...body }, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/progress/courses/:id',
      summary: 'How far I am in a course, lesson by lesson',
      policy: allow.user(),
      params: IdParams,
      response: ProgressInCourse,
      errors: ['not_enrolled'],
      examples: { response: exampleProgressInCourse },
      handler: ({ params, ctx }) => showProgress(deps)({ courseId: params.id }, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/certificates/:id',
      summary: 'A certificate as PDF',
      description: 'For its holder, the instructor of the course and administrators.',
      policy: allow.user(),
      params: IdParams,
      binary: 'application/pdf',
      rateLimit: { limit: 30, windowSeconds: 60 },
      errors: ['not_found', 'certificate_revoked'],
      handler: async ({ params, ctx, reply }) => {
        const file = await sendCertificate(deps)({ certificateId: params.id }, ctx);
        reply
          .header('content-type', 'application/pdf')
          .header('content-disposition', `inline; filename="${file.name}"`)
          .header('cache-control', 'private, no-cache')
          .header('x-content-type-options', 'nosniff')
          // The strict policy of API answers would keep the browser's own PDF viewer from starting.
          .header('content-security-policy', "default-src 'none'; object-src 'self'; frame-ancestors 'self'")
          .header('content-length', file.content.length)
          .send(file.content);
        return undefined;
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/api/certificates/verify/:code',
      summary: 'Whether a certificate is genuine',
      description: 'Open to anyone with the code, however it is typed: case, spaces and hyphens do not matter.',
      policy: allow.anyone(),
      params: z.strictObject({
        code: z
          .string()
          .min(1)
          .max(60)
          .meta({ examples: [exampleCertificate.code] }),
      }),
      response: Certificate,
      rateLimit: { limit: 30, windowSeconds: 60 },
      errors: ['certificate_not_found'],
      examples: { response: exampleCertificate },
      handler: ({ params }) => verifyCertificate(deps)(params),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/certificates/:id/revocation',
      summary: 'Revoke a certificate',
      policy: allow.role('instructor'),
      params: IdParams,
      body: z.strictObject({ reason: z.string().min(3).max(1000) }),
      response: Certificate,
      status: 201,
      idempotency: 'natural',
      errors: ['not_found'],
      examples: { body: { reason: 'Issued for a test account.' }, response: exampleRevoked },
      handler: ({ params, body, ctx }) => revoke({ certificateId: params.id, revoked: true, reason: body.reason }, ctx),
    }),
    defineRoute({
      method: 'DELETE',
      url: '/api/certificates/:id/revocation',
      summary: 'Make a revoked certificate valid again',
      policy: allow.role('instructor'),
      params: IdParams,
      response: Certificate,
      idempotency: 'natural',
      errors: ['not_found'],
      examples: { response: exampleCertificate },
      handler: ({ params, ctx }) => revoke({ certificateId: params.id, revoked: false, reason: '' }, ctx),
    }),
  ];
}
